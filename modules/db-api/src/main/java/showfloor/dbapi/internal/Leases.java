package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.CloseableJdbcConnectionPool;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;

/// Takes leases and gives them back: the only place where a physical connection changes hands.
///
/// The [DbClient] built here has this pool under it and closes it; it is given the view of the
/// current lease, so whatever it, the driver or a mapper forgets, the connection returns.
/// Thread-safe.
final class Leases implements AutoCloseable {
  private static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

  private final HikariDataSource physical;
  private volatile int size;
  private final long poolPatience;
  private final Gate gate;
  private final Set<Lease> books = ConcurrentHashMap.newKeySet();
  private final Set<Taking> takings = ConcurrentHashMap.newKeySet();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong heard = new AtomicLong(System.nanoTime());
  private final ModuleBooks modules = new ModuleBooks();
  private final WayBack wayBack;
  private final DbClient client;
  private final Watchdog<Lease> watchdog;

  Leases(HikariDataSource physical, Duration waitMax) {
    this.physical = physical;
    this.size = physical.getMaximumPoolSize();
    this.poolPatience =
        Duration.ofMillis(physical.getConnectionTimeout() + physical.getValidationTimeout() + 250)
            .toNanos();
    this.gate = new Gate(size, waitMax, new Report(() -> size, books, takings));
    this.wayBack = new WayBack(physical, gate, books, modules);
    this.client = JdbcClientBuilder.create().connectionPool(new LeasedPool()).build();
    CutOff cutOff = new CutOff(books, heard, wayBack);
    this.watchdog = new Watchdog<>(books, List.of(wayBack::check, cutOff::check));
  }

  /// Leases a connection for `operation`, runs `work`, gives the connection back.
  <T, X extends Exception> T lease(Operation operation, Holding<T, X> work) throws X {
    refuseNesting(operation);
    Lease lease = take(operation);
    try {
      ScopedValue.CallableOp<T, X> held = () -> work.run(lease);
      return ScopedValue.where(CURRENT, lease).call(held);
    } finally {
      wayBack.giveBack(lease);
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
    enter(operation, asked, deadline);
    Taking taking = start(operation);
    if (deadline - System.nanoTime() > poolPatience) {
      fetch(taking);
    } else {
      fetchApart(taking);
    }
    Connection connection = await(taking, deadline);
    try {
      Lease lease = new Lease(ids.incrementAndGet(), operation, connection, deadline, heard);
      modules.of(operation.module()).leases.increment();
      operation.progress().begin();
      books.add(lease);
      return lease;
    } catch (SQLException e) {
      abandon(operation, connection);
      throw SqlStates.unreached("taking a connection", e);
    } catch (RuntimeException | Error e) {
      abandon(operation, connection);
      throw e;
    } finally {
      takings.remove(taking);
    }
  }

  /// From here on who fetches the connection owes the permit.
  private Taking start(Operation operation) {
    try {
      Taking taking = new Taking(operation);
      takings.add(taking);
      return taking;
    } catch (Throwable e) {
      gate.giveBack(operation);
      throw e;
    }
  }

  private Connection await(Taking taking, long deadline) {
    try {
      return taking.await(deadline);
    } catch (Error e) { // a stack that is full, say: it may have arrived all the same
      taking.forsake(connection -> abandon(taking.operation(), connection));
      throw e;
    }
  }

  private void enter(Operation operation, long asked, long deadline) {
    ModuleBooks.Account account = modules.of(operation.module());
    try {
      gate.enter(operation, deadline);
    } catch (DatabaseException.Overloaded e) {
      account.refused.increment();
      throw e;
    } finally {
      account.waitNanos.add(System.nanoTime() - asked);
    }
  }

  /// The pool's own patience is longer than the caller's: a thread of its own waits for it.
  private void fetchApart(Taking taking) {
    try {
      Thread.ofVirtual().name("db-take").start(() -> fetch(taking));
    } catch (Throwable e) {
      takings.remove(taking);
      gate.giveBack(taking.operation());
      throw e;
    }
  }

  /// Whoever has the connection owes the permit; where nobody has one, this thread gives it back.
  private void fetch(Taking taking) {
    if (!taking.fetch(physical)) {
      takings.remove(taking);
      gate.giveBack(taking.operation());
    }
  }

  private void abandon(Operation operation, Connection connection) {
    physical.evictConnection(connection);
    gate.giveBack(operation);
  }

  /// Replaces every physical connection when it comes back: new sessions have new role settings.
  void renew() {
    physical.getHikariPoolMXBean().softEvictConnections();
  }

  /// Lets the pool have `connections`, of which it keeps `minimumIdle` ready.
  void resize(int connections, int minimumIdle) {
    int more = connections - size;
    physical.getHikariConfigMXBean().setMaximumPoolSize(connections);
    physical.getHikariConfigMXBean().setMinimumIdle(Math.min(minimumIdle, connections));
    size = connections;
    gate.grow(more);
  }

  int size() {
    return size;
  }

  /// Connections that the pool says are in use.
  int inUse() {
    return physical.getHikariPoolMXBean().getActiveConnections();
  }

  /// Connections that the pool has.
  int open() {
    return physical.getHikariPoolMXBean().getTotalConnections();
  }

  /// Leases on the books.
  List<Lease> held() {
    return List.copyOf(books);
  }

  /// Closes the idle connections, and opens no more on its own.
  void shrink() {
    physical.getHikariConfigMXBean().setMinimumIdle(0);
    renew();
  }

  PoolFacts facts(long statements, long roundTrips) {
    var pool = physical.getHikariPoolMXBean();
    List<PoolFacts.ModuleFacts> costs = modules.facts();
    List<PoolFacts.Waiter> opening = takings.stream().map(Taking::facts).toList();
    return new PoolFacts(
        size,
        pool == null ? 0 : pool.getTotalConnections(),
        pool == null ? 0 : pool.getIdleConnections(),
        // Copied first: facts take time, and a lease that came meanwhile would stand beside the one
        // whose connection it has.
        held().stream()
            .map(Lease::facts)
            .sorted(Comparator.comparingLong(PoolFacts.LeaseFacts::id))
            .toList(),
        Stream.concat(opening.stream(), gate.waiting().stream()).toList(),
        opening.size(),
        costs,
        new PoolFacts.Totals(
            ModuleBooks.total(costs, PoolFacts.ModuleFacts::leases),
            statements,
            roundTrips,
            ModuleBooks.total(costs, PoolFacts.ModuleFacts::waitNanos),
            ModuleBooks.total(costs, PoolFacts.ModuleFacts::heldNanos),
            ModuleBooks.total(costs, PoolFacts.ModuleFacts::refused),
            gate.refusals(),
            ModuleBooks.total(costs, PoolFacts.ModuleFacts::timedOut),
            ModuleBooks.total(costs, PoolFacts.ModuleFacts::destroyed)));
  }

  /// Ends a lease as if it were late: cancels what it runs, takes its connection away. Whether
  /// there was such a lease.
  boolean cancel(long id) {
    return books.stream().filter(lease -> lease.id() == id).anyMatch(wayBack::reclaim);
  }

  /// Lets nobody in any more.
  void stopLending() {
    gate.close();
  }

  /// Takes every connection away from whoever has it or is about to get it. After [#stopLending].
  void reclaimAll() {
    takings.forEach(Taking::refuse);
    wayBack.reclaimAll();
  }

  /// Whether every slot of the pool is free and nobody waits for one.
  boolean isIdle() {
    return gate.isIdle();
  }

  int freePermits() {
    return gate.free();
  }

  HikariDataSource physical() {
    return physical;
  }

  @Override
  public void close() {
    watchdog.close();
    client.close();
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
      if (physical.getDataSource() instanceof PhysicalSource source) {
        source.close();
      }
      physical.close();
    }
  }
}
