package showfloor.testing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.PoolFacts;

/// Fails a test after which a lease is still held. Answers reach the client before the server's
/// last steps, so it waits for these, two seconds at most.
public final class NoLeaks implements AfterEachCallback, AfterAllCallback {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Set<DatabaseRuntime> OPEN = ConcurrentHashMap.newKeySet();

  static void watch(DatabaseRuntime runtime) {
    OPEN.add(runtime);
  }

  static void forget(DatabaseRuntime runtime) {
    OPEN.remove(runtime);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    OPEN.forEach(NoLeaks::check);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    OPEN.forEach(NoLeaks::check);
  }

  /// Throws `AssertionError` naming the holders when the pool does not come to rest.
  static void check(DatabaseRuntime runtime) {
    long end = System.nanoTime() + GRACE.toNanos();
    PoolFacts facts = runtime.facts();
    while (isBusy(facts) && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
      facts = runtime.facts();
    }
    if (isBusy(facts)) {
      throw new AssertionError(
          "leases left: %s, waiting: %s".formatted(facts.leases(), facts.waiting()));
    }
  }

  private static boolean isBusy(PoolFacts facts) {
    return !facts.leases().isEmpty() || !facts.waiting().isEmpty();
  }
}
