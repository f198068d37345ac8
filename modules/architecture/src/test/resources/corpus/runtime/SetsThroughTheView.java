// expect: names pg_settings
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SetsThroughTheView implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.set_through_view",
            "update pg_settings set setting = 'showfloor_owner' where name = 'role'");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
