package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Looks at every lease ten times a second, so that a stuck holder costs its own request and
/// nothing else.
///
/// PostgreSQL's own timeout comes first (it travels with the statement); this is for the holder
/// that sends no statement, and for the server that does not answer.
final class Watchdog<T> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Iterable<T> watched;
  private final List<Consumer<T>> checks;
  private final Thread thread;
  private volatile boolean open = true;

  Watchdog(Iterable<T> watched, List<Consumer<T>> checks) {
    this.watched = watched;
    this.checks = checks;
    this.thread = Thread.ofPlatform().daemon().name("db-watchdog").start(this::watch);
  }

  private void watch() {
    while (open) {
      watched.forEach(this::look);
      LockSupport.parkNanos(this, PERIOD.toNanos());
    }
  }

  /// One lease that cannot be ended, be it for want of memory, must not end the watch over the
  /// rest.
  private void look(T lease) {
    try {
      for (Consumer<T> check : checks) {
        check.accept(lease);
      }
    } catch (Throwable e) {
      tell(lease, e);
    }
  }

  private void tell(T lease, Throwable fault) {
    try {
      LOG.log(
          Level.ERROR, "Looking at lease %s failed, it is looked at again".formatted(lease), fault);
    } catch (Throwable again) { // what can't even be told is looked at again too
      assert again != null;
    }
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }
}
