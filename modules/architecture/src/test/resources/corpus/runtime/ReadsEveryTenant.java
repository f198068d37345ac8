// expect: answered: [ours]
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ReadsEveryTenant implements Attack {
  static final Sql ALL = Sql.of("evil.all_tenants", "select name from evil.things order by id");

  @Override
  public Object run(Database db) throws Exception {
    return db.list(ALL.with(), row -> row.text("name"));
  }
}
