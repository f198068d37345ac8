// expect: returned more than 5000 rows
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class FloodsTheHeap implements Attack {
  static final Sql MANY =
      Sql.of("evil.many", "select i from generate_series(1, 100000000) as s (i)");

  @Override
  public Object run(Database db) throws Exception {
    return db.list(MANY.with(), row -> row.integer("i"));
  }
}
