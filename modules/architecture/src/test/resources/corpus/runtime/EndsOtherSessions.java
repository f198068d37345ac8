// expect: calls pg_terminate_backend()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class EndsOtherSessions implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.end_sessions",
            "select pg_terminate_backend(cast(:pid as int)) as t");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
