// expect: must begin with one of
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class TruncatesATable implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.truncate",
            "truncate evil.things");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
