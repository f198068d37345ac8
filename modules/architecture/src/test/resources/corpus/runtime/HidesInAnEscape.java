// expect: escape strings and Unicode escapes are not used here
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class HidesInAnEscape implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.escape",
            "select e'\\'' as t, set_config('role', 'x', true) as r --'");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
