package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.dbapi.runtime.Priority;

/// A pool on a database of its own, with two small modules: `shop`, whose table `items` belongs to
/// tenants, and `other`, which may not see it. Without heartbeats: nothing takes leases but the
/// test.
final class Rig implements AutoCloseable {
  static final UUID ACME = new UUID(0, 1);
  static final UUID BOLT = new UUID(0, 2);

  /// Five, or what the system property `showfloor.test.pool` says.
  static final int POOL = Integer.getInteger("showfloor.test.pool", 5);

  static final Schema SHOP =
      new Schema(
          "shop",
          List.of(
              new Migration(
                  1,
                  "V1__shop.sql",
                  """
                  create table shop.items (
                    company_id uuid not null, id int not null, name text not null,
                    primary key (company_id, id), constraint items_name unique (company_id, name));
                  select dbapi.protect_tenant_table('shop.items');
                  """)),
          java.util.Map.of());
  static final Schema OTHER =
      new Schema(
          "other",
          List.of(
              new Migration(
                  1,
                  "V1__other.sql",
                  """
                  create table other.things (
                    company_id uuid not null, id int not null, primary key (company_id, id));
                  select dbapi.protect_tenant_table('other.things');
                  """)),
          java.util.Map.of());

  private final DatabaseConfig config;
  private final Pool pool;

  private Rig(DatabaseConfig config) {
    this.config = config;
    this.pool = Pool.open(config, FleetRig.SILENT);
    pool.migrate(List.of(SHOP, OTHER));
  }

  /// With [#POOL] connections: for tests that pass with any number of them.
  static Rig open() {
    return open(POOL);
  }

  static Rig open(int connections) {
    return new Rig(TestServer.emptyDatabase(pool(connections)));
  }

  /// A pool that reaches its database through `proxy`.
  static Rig through(LossyProxy proxy, int connections) {
    DatabaseConfig direct = TestServer.emptyDatabase(pool(connections));
    String name = TestServer.databaseOf(direct);
    return new Rig(
        new DatabaseConfig(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(proxy.port(), name),
            direct.user(),
            direct.password(),
            direct.properties(),
            direct.pool()));
  }

  static PoolSettings pool(int connections) {
    return new PoolSettings(connections, 1, Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  Pool pool() {
    return pool;
  }

  Leases leases() {
    return pool.leases();
  }

  PooledDatabase database() {
    return (PooledDatabase) pool.database();
  }

  String databaseName() {
    return TestServer.databaseOf(config);
  }

  /// Runs `work` as a request of a company would.
  static <T, X extends Exception> T as(UUID company, ScopedValue.CallableOp<T, X> work) throws X {
    return as(company, Duration.ofSeconds(10), work);
  }

  static <T, X extends Exception> T as(
      UUID company, Duration limit, ScopedValue.CallableOp<T, X> work) throws X {
    return operation(limit).inCompany(company).call(work);
  }

  static Operation operation(Duration limit) {
    return Operation.startingNow("shop", "GET /test", "request-1", limit);
  }

  /// The pool has everything back: no lease, nobody waiting, every permit free, and a connection
  /// can be had at once.
  void assertWhole() {
    AtomicReference<PoolFacts> seen = new AtomicReference<>(pool.facts());
    await( // the monitor of the pool looks at it now and then, too
        () -> {
          seen.set(pool.facts());
          return seen.get().leases().isEmpty() && seen.get().waiting().isEmpty();
        });
    PoolFacts facts = seen.get();
    assertThat(facts.leases()).isEmpty();
    assertThat(facts.waiting()).isEmpty();
    List<Thread> all = new java.util.ArrayList<>();
    java.util.concurrent.CountDownLatch together =
        new java.util.concurrent.CountDownLatch(facts.size());
    List<String> traces = new java.util.concurrent.CopyOnWriteArrayList<>();
    java.util.concurrent.atomic.AtomicInteger served =
        new java.util.concurrent.atomic.AtomicInteger();
    for (int i = 0; i < facts.size(); i++) {
      all.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      leases()
                          .lease(
                              // The last permit is kept for the urgent.
                              operation(Duration.ofSeconds(10)).withPriority(Priority.HIGH),
                              lease -> {
                                together.countDown();
                                awaitLatch(together);
                                traces.addAll(Traces.of(lease));
                                return served.incrementAndGet();
                              })));
    }
    all.forEach(Rig::join);
    assertThat(served).as("as many leases at once as the pool has").hasValue(facts.size());
    await(leases()::isIdle);
    assertThat(leases().freePermits()).as("no permit was given twice").isEqualTo(facts.size());
    assertThat(traces).as("what leases left in their sessions").isEmpty();
    assertThat(sessionsInTransaction()).as("sessions left inside a transaction").isZero();
  }

  private static void awaitLatch(java.util.concurrent.CountDownLatch latch) {
    try {
      assertThat(latch.await(8, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int sessionsInTransaction() {
    return sessions("and state not in ('idle', 'active')");
  }

  /// Sessions of the login in this database, the observer's own left out.
  int sessions() {
    return sessions("");
  }

  int sessions(String condition) {
    try (var connection = TestServer.connect(databaseName());
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                select count(*) from pg_stat_activity
                 where datname = current_database() and application_name <> 'observer'
                   and backend_type = 'client backend' %s\
                """
                    .formatted(condition))) {
      result.next();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits for what another thread or the server does, 10 s at most.
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /// Fails where the pool leaves a session behind.
  @Override
  public void close() {
    pool.close(Duration.ofSeconds(3));
    await(() -> sessions() == 0);
    assertThat(sessions()).as("sessions that the pool left").isZero();
  }
}
