// expect: leases do not nest
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class NestsAUnitOfWork implements Attack {
  static final Sql ONE = Sql.of("evil.nest_unit", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    return db.inTransaction(
        sql -> db.inTransaction(inner -> inner.one(ONE.with(), row -> row.integer("one"))));
  }
}
