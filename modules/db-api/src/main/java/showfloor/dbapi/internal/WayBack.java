package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How connections come back: pooled by their holder when clean and in time, else destroyed, once,
/// off the caller's thread. A lease stays on the books, and its permit taken, until its slot is
/// free. Thread-safe.
final class WayBack {
  private static final Logger LOG = System.getLogger(WayBack.class.getName());
  private static final long CANCEL_AFTER = Duration.ofMillis(250).toNanos();
  private static final long RECLAIM_AFTER = Duration.ofMillis(500).toNanos();

  /// A server that does not answer must not keep the slot.
  private static final Duration CANCEL_PATIENCE = Duration.ofMillis(200);

  private final HikariDataSource physical;
  private final Gate gate;
  private final Set<Lease> books;
  private final ModuleBooks modules;

  WayBack(HikariDataSource physical, Gate gate, Set<Lease> books, ModuleBooks modules) {
    this.physical = physical;
    this.gate = gate;
    this.books = books;
    this.modules = modules;
  }

  /// The holder's own end of its lease.
  void giveBack(Lease lease) {
    switch (lease.end()) {
      case HELD -> {
        if (lease.isClean()) {
          pool(lease);
        } else {
          destroyLater(lease);
        }
      }
      case LATE -> destroyLater(lease);
      case RETURNED, RECLAIMED -> {
        // The watchdog took the connection away: there is nothing to give back.
      }
    }
  }

  /// The watchdog's look at a lease: cancels one that is late, takes one that is very late away
  /// from its holder. A cancelled connection is not pooled again, so the cancel cannot hit a later
  /// holder.
  void check(Lease lease) {
    long overdue = lease.overdue();
    if (overdue > CANCEL_AFTER && lease.markLate()) {
      account(lease).timedOut.increment();
      Thread.ofVirtual().name("db-cancel").start(() -> cancel(lease));
    }
    if (overdue > RECLAIM_AFTER && lease.reclaim()) {
      destroyLater(lease);
    }
  }

  /// Cancels and destroys what is still held.
  void reclaimAll() {
    List.copyOf(books).forEach(this::reclaim);
  }

  /// Cancels and destroys a lease; false when it was over before.
  boolean reclaim(Lease lease) {
    lease.markLate();
    boolean taken = lease.reclaim();
    if (taken) {
      destroyLater(lease);
    }
    return taken;
  }

  private void pool(Lease lease) {
    books.remove(lease);
    try {
      lease.physical().close();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "A connection could not be pooled again", e);
      physical.evictConnection(lease.physical());
    } finally {
      leave(lease);
    }
  }

  private void leave(Lease lease) {
    long held = lease.heldNanos();
    try {
      account(lease).heldNanos.add(held);
    } finally {
      gate.leave(lease.operation(), held);
    }
  }

  private ModuleBooks.Account account(Lease lease) {
    return modules.of(lease.operation().module());
  }

  /// A dead peer must not block the way back, nor must a log that nobody reads, so another thread
  /// does it.
  private void destroyLater(Lease lease) {
    try {
      Thread.ofVirtual().name("db-destroy").start(() -> destroy(lease));
    } catch (Throwable e) {
      lease.stayLate();
      throw e;
    }
    account(lease).destroyed.increment();
  }

  private void destroy(Lease lease) {
    try {
      if (lease.isLate()) {
        Thread.ofVirtual().name("db-cancel").start(() -> cancel(lease)).join(CANCEL_PATIENCE);
      }
      // Before the pool says goodbye: a peer that reads nothing does not let it, and once it has
      // begun the driver has nothing left to abort.
      Thread.ofVirtual().name("db-abort").start(() -> abort(lease)).join(CANCEL_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    } finally {
      drop(lease);
    }
    LOG.log(Level.WARNING, "Destroyed the connection of lease {0}", lease);
  }

  private void drop(Lease lease) {
    try {
      physical.evictConnection(lease.physical());
    } finally {
      books.remove(lease);
      leave(lease);
    }
  }

  private static void abort(Lease lease) {
    try {
      lease.server().abort(Runnable::run);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "Aborting a connection failed", e);
    }
  }

  private static void cancel(Lease lease) {
    try {
      lease.server().cancelQuery();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "Cancelling a statement failed", e);
    }
  }
}
