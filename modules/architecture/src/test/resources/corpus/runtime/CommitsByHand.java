// expect: must begin with one of
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class CommitsByHand implements Attack {
  static final class Late {
    static final Sql COMMIT = Sql.of("evil.commit", "commit");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.COMMIT.name();
  }
}
