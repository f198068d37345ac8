package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.CloseableJdbcConnectionPool;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;

/// Takes leases and gives them back: the only place where a physical connection changes hands.
///
/// The [DbClient] built here has this pool under it and closes it; it is given the view of the
/// current lease, so whatever it, the driver or a mapper forgets, the connection returns.
/// Thread-safe.
final class Leases implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Leases.class.getName());
  private static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

  private final HikariDataSource physical;
  private final int size;
  private final Gate gate;
  private final Set<Lease> books = ConcurrentHashMap.newKeySet();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong waited = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong timedOut = new AtomicLong();
  private final AtomicLong destroyed = new AtomicLong();
  private final DbClient client;
  private final Watchdog watchdog;

  Leases(HikariDataSource physical, Duration waitMax) {
    this.physical = physical;
    this.size = physical.getMaximumPoolSize();
    this.gate = new Gate(size, waitMax, this::holders);
    this.client = JdbcClientBuilder.create().connectionPool(new LeasedPool()).build();
    this.watchdog = new Watchdog(this, books);
  }

  /// Leases a connection for `operation`, runs `work`, gives the connection back.
  <T, X extends Exception> T lease(Operation operation, Holding<T, X> work) throws X {
    refuseNesting(operation);
    Lease lease = take(operation);
    try {
      ScopedValue.CallableOp<T, X> held = () -> work.run(lease);
      return ScopedValue.where(CURRENT, lease).call(held);
    } finally {
      giveBack(lease);
    }
  }

  /// What runs while a lease is held.
  @FunctionalInterface
  interface Holding<T, X extends Exception> {
    T run(Lease lease) throws X;
  }

  /// Whether the current thread, or the scope it is a child of, holds a lease.
  static boolean isHeld() {
    return CURRENT.isBound();
  }

  DbClient client() {
    return client;
  }

  private static void refuseNesting(Operation operation) {
    if (CURRENT.isBound()) {
      throw new IllegalStateException(
          "leases do not nest: %s %s asks for a connection while it holds %s; use the argument of"
                  .formatted(operation.module(), operation.name(), CURRENT.get())
              + " the unit of work");
    }
  }

  private Lease take(Operation operation) {
    long asked = System.nanoTime();
    long deadline = Math.min(operation.deadline(), asked + operation.leaseBudget().toNanos());
    gate.enter(operation, deadline);
    waited.addAndGet(System.nanoTime() - asked);
    @Nullable Connection connection = null;
    try {
      connection = physical.getConnection();
      Lease lease = new Lease(ids.incrementAndGet(), operation, connection, deadline);
      books.add(lease);
      return lease;
    } catch (SQLException e) {
      abandon(connection);
      throw SqlStates.translate(
          "%s %s: taking a connection".formatted(operation.module(), operation.name()), e);
    } catch (RuntimeException | Error e) {
      abandon(connection);
      throw e;
    }
  }

  private void abandon(@Nullable Connection connection) {
    if (connection != null) {
      physical.evictConnection(connection);
    }
    gate.leave();
  }

  private void giveBack(Lease lease) {
    switch (lease.end()) {
      case HELD -> {
        books.remove(lease);
        held.addAndGet(lease.heldNanos());
        if (lease.isClean()) {
          pool(lease);
        } else {
          destroyLater(lease);
        }
      }
      case LATE -> {
        books.remove(lease);
        destroyLater(lease);
      }
      case RETURNED, RECLAIMED -> {
        // The watchdog took the connection away: there is nothing to give back.
      }
    }
  }

  private void pool(Lease lease) {
    try {
      lease.physical().close();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "A connection could not be pooled again", e);
    } finally {
      gate.leave();
    }
  }

  /// Cancels what a late lease still runs. Its connection is not pooled again, so the cancel cannot
  /// hit a later holder.
  void cancelLater(Lease lease) {
    timedOut.incrementAndGet();
    Thread.ofVirtual().name("db-cancel").start(() -> cancel(lease));
  }

  /// Destroys the connection off the caller's thread: a dead peer must not block the way back. The
  /// permit returns when the slot is free.
  void destroyLater(Lease lease) {
    books.remove(lease);
    destroyed.incrementAndGet();
    LOG.log(Level.WARNING, "Destroying the connection of lease {0}", lease);
    Thread.ofVirtual()
        .name("db-destroy")
        .start(
            () -> {
              try {
                if (lease.isLate()) {
                  cancel(lease);
                }
                physical.evictConnection(lease.physical());
                lease.server().abort(Runnable::run);
              } catch (SQLException e) {
                LOG.log(Level.DEBUG, "Aborting a connection failed", e);
              } finally {
                gate.leave();
              }
            });
  }

  private static void cancel(Lease lease) {
    try {
      lease.server().cancelQuery();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "Cancelling a statement failed", e);
    }
  }

  /// Replaces every physical connection when it comes back: new sessions have new role settings.
  void renew() {
    physical.getHikariPoolMXBean().softEvictConnections();
  }

  PoolFacts facts(long statements, long roundTrips) {
    var pool = physical.getHikariPoolMXBean();
    return new PoolFacts(
        size,
        pool == null ? 0 : pool.getTotalConnections(),
        pool == null ? 0 : pool.getIdleConnections(),
        books.stream()
            .map(Lease::facts)
            .sorted(java.util.Comparator.comparingLong(PoolFacts.LeaseFacts::id))
            .toList(),
        gate.waiting(),
        new PoolFacts.Totals(
            ids.get(),
            statements,
            roundTrips,
            waited.get(),
            held.get(),
            gate.refused(),
            timedOut.get(),
            destroyed.get()));
  }

  /// Lets nobody in any more.
  void stopLending() {
    gate.close();
  }

  /// Cancels and destroys what is still held.
  void reclaimAll() {
    for (Lease lease : List.copyOf(books)) {
      if (lease.markLate() || lease.isLate()) {
        if (lease.reclaim()) {
          destroyLater(lease);
        }
      }
    }
  }

  boolean isEmpty() {
    return books.isEmpty();
  }

  HikariDataSource physical() {
    return physical;
  }

  @Override
  public void close() {
    watchdog.close();
    client.close();
  }

  private String holders() {
    return "%d of %d connections are held: %s"
        .formatted(
            books.size(),
            size,
            books.stream().map(Lease::toString).collect(Collectors.joining("; ")));
  }

  /// The pool that DbClient sees.
  private final class LeasedPool implements CloseableJdbcConnectionPool {
    @Override
    public Connection connection() {
      return CURRENT.orElseThrow(() -> new IllegalStateException("no lease is held here")).view();
    }

    @Override
    public String dbType() {
      return "jdbc:postgresql";
    }

    @Override
    public void close() {
      physical.close();
    }
  }
}
