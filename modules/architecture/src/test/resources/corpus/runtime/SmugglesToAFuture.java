// expect: on its thread
package showfloor.evil;

import java.util.concurrent.CompletableFuture;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SmugglesToAFuture implements Attack {
  static final Sql ONE = Sql.of("evil.future", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    return db.inTransaction(
        sql ->
            CompletableFuture.supplyAsync(() -> sql.one(ONE.with(), row -> row.integer("one")))
                .join());
  }
}
