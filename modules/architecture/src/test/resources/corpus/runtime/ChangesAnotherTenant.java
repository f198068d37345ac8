// expect: answered: 0
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ChangesAnotherTenant implements Attack {
  static final Sql CHANGE =
      Sql.of("evil.change_tenant", "update evil.things set name = 'x' where company_id = :company");

  @Override
  public Object run(Database db) throws Exception {
    return db.execute(CHANGE.with("company", Harness.OTHER));
  }
}
