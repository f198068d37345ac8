// expect: a unit of work lives in its lambda
package showfloor.evil;

import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class OutlivesTheUnit implements Attack {
  static final Sql ONE = Sql.of("evil.outlive", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    return db.inTransaction(
            sql -> Stream.of(1).map(i -> sql.one(ONE.with(), row -> row.integer("one"))))
        .toList();
  }
}
