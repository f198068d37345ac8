// expect: neither is bound
package showfloor.evil;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class AsksOnAnExecutor implements Attack {
  static final Sql ONE = Sql.of("evil.executor", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.submit(() -> db.one(ONE.with(), row -> row.integer("one"))).get();
    }
  }
}
