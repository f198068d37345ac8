// expect: answered: []
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ReadsAnotherTenant implements Attack {
  static final Sql PEEK =
      Sql.of("evil.peek_tenant", "select name from evil.things where company_id = :company");

  @Override
  public Object run(Database db) throws Exception {
    return db.list(PEEK.with("company", Harness.OTHER), row -> row.text("name"));
  }
}
