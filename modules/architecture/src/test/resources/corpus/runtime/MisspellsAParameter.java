// expect: has no parameter 'idd' left to bind
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class MisspellsAParameter implements Attack {
  static final Sql BY_ID = Sql.of("evil.by_id", "select cast(:id as int) as i");

  @Override
  public Object run(Database db) throws Exception {
    return db.one(BY_ID.with("idd", 1), row -> row.integer("i"));
  }
}
