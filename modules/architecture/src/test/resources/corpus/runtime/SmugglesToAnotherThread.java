// expect: on its thread
package showfloor.evil;

import java.util.concurrent.atomic.AtomicReference;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SmugglesToAnotherThread implements Attack {
  static final Sql ONE = Sql.of("evil.smuggle", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    return db.inTransaction(
        sql -> {
          AtomicReference<Throwable> refused = new AtomicReference<>();
          Thread other =
              Thread.ofVirtual()
                  .start(
                      () -> {
                        try {
                          sql.one(ONE.with(), row -> row.integer("one"));
                        } catch (RuntimeException e) {
                          refused.set(e);
                        }
                      });
          other.join();
          throw new IllegalStateException(refused.get());
        });
  }
}
