// expect: calls set_config(), which is not on the list
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ChangesItsRole implements Attack {
  static final class Late {
    static final Sql BECOME =
        Sql.of("evil.become", "select set_config('role', 'showfloor_owner', true) as r");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.BECOME.name();
  }
}
