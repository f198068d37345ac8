package showfloor.dbapi.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Ends leases that outlast their deadline, so that a stuck holder costs its own request and
/// nothing else: first it cancels the statement, then it takes the connection away.
///
/// PostgreSQL's own timeout comes first (it travels with the statement); this is for the holder
/// that sends no statement, and for the server that does not answer.
final class Watchdog implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final long CANCEL_AFTER = Duration.ofMillis(250).toNanos();
  private static final long RECLAIM_AFTER = Duration.ofMillis(1_500).toNanos();

  private final Leases leases;
  private final Set<Lease> books;
  private final Thread thread;
  private volatile boolean open = true;

  Watchdog(Leases leases, Set<Lease> books) {
    this.leases = leases;
    this.books = books;
    this.thread = Thread.ofPlatform().daemon().name("db-watchdog").start(this::watch);
  }

  private void watch() {
    while (open) {
      books.forEach(this::check);
      LockSupport.parkNanos(this, PERIOD.toNanos());
    }
  }

  private void check(Lease lease) {
    long overdue = lease.overdue();
    if (overdue > CANCEL_AFTER && lease.markLate()) {
      leases.cancelLater(lease);
    }
    if (overdue > RECLAIM_AFTER && lease.reclaim()) {
      leases.destroyLater(lease);
    }
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }
}
