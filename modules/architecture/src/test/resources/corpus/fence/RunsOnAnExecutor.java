// expect: java.util.concurrent.Executor.execute: threads are the runtime's
package showfloor.evil;

import showfloor.dbapi.Database;

final class RunsOnAnExecutor {
  void run(java.util.concurrent.Executor executor, Database db) {
    db.inTransaction(
        sql -> {
          executor.execute(() -> sql.hashCode());
          return 1;
        });
  }
}
