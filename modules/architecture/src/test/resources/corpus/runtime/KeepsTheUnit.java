// expect: a unit of work lives in its lambda
package showfloor.evil;

import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class KeepsTheUnit implements Attack {
  static final Sql ONE = Sql.of("evil.keep_unit", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    SqlWriter kept = db.inTransaction(sql -> sql);
    return kept.one(ONE.with(), row -> row.integer("one"));
  }
}
