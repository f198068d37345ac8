// expect: calls set_config()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class HidesInAQuotedName implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.quoted_name",
            "select \"set_config\"('role', 'x', true) as r");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
