// expect: calls set_config()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class HidesInCapitals implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.capitals",
            "SELECT SET_CONFIG('role', 'x', true) AS r");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
