package showfloor.testing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.PoolFacts;

/// Fails a test after which a lease is still held or waited for, and a run of tests after which a
/// pool is open or a session left. JUnit finds it by itself wherever these fixtures are: no test
/// asks for it, none can opt out.
public final class NoLeaks implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  /// Answers reach the client before the server's last steps.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Set<DatabaseRuntime> OPEN = ConcurrentHashMap.newKeySet();

  static void watch(DatabaseRuntime runtime) {
    OPEN.add(runtime);
  }

  static void forget(DatabaseRuntime runtime) {
    OPEN.remove(runtime);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    AutoCloseable end = NoLeaks::checkEnd;
    context.getRoot().getStore(Namespace.create(NoLeaks.class)).put("end", end);
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

  /// At the end of a run: of all tests of the virtual machine, or of one class, where Surefire runs
  /// two classes at a time.
  private static void checkEnd() {
    if (!OPEN.isEmpty()) {
      throw new AssertionError("servers that no test closed: " + OPEN.size());
    }
    if (TestPostgres.isStarted()) {
      Observer.awaitNoSession();
    }
  }
}
