// expect: calls pg_sleep()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SleepsInTheServer implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.sleep",
            "select pg_sleep(60) as t");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
