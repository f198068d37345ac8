// expect: neither is bound
package showfloor.evil;

import java.util.concurrent.atomic.AtomicReference;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class AsksOnARawThread implements Attack {
  static final Sql ONE = Sql.of("evil.raw_thread", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    db.one(ONE.with(), row -> row.integer("one"));
                  } catch (RuntimeException e) {
                    refused.set(e);
                  }
                });
    other.join();
    throw new IllegalStateException(refused.get());
  }
}
