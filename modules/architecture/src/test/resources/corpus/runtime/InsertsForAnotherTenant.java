// expect: new row violates row-level security policy
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class InsertsForAnotherTenant implements Attack {
  static final Sql ADD =
      Sql.of(
          "evil.add_for_tenant",
          "insert into evil.things (company_id, id, name) values (:company, 2, 'x')");

  @Override
  public Object run(Database db) throws Exception {
    return db.execute(ADD.with("company", Harness.OTHER));
  }
}
