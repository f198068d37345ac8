// expect: calls pg_catalog.set_config(), which is not its own
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ChangesItsTenant implements Attack {
  static final class Late {
    static final Sql ENTER =
        Sql.of("evil.enter", "select pg_catalog.set_config('app.company_id', :c, true) as c");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.ENTER.name();
  }
}
