// expect: leases do not nest
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class NestsInAMapper implements Attack {
  static final Sql ONE = Sql.of("evil.nest_mapper", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    return db.list(ONE.with(), row -> db.one(ONE.with(), inner -> inner.integer("one")));
  }
}
