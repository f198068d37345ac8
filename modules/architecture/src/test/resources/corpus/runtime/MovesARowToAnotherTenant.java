// expect: new row violates row-level security policy
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class MovesARowToAnotherTenant implements Attack {
  static final Sql MOVE =
      Sql.of("evil.move_to_tenant", "update evil.things set company_id = :company where id = 1");

  @Override
  public Object run(Database db) throws Exception {
    return db.execute(MOVE.with("company", Harness.OTHER));
  }
}
