// expect: calls dbapi.protect_tenant_table(), which is not its own
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class TakesThePlatformsFunction implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.platform_function",
            "select dbapi.protect_tenant_table('evil.things') as t");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
