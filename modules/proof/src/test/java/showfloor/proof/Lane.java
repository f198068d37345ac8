package showfloor.proof;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.UuidV7;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.dbapi.runtime.Priority;
import showfloor.testing.TestPostgres;
import showfloor.testing.faults.FaultProxy;

/// A pool on a database of its own, behind a network that can go wrong, and the server's view of it
/// past that network.
final class Lane implements AutoCloseable {
  static final int CONNECTIONS = 2;

  /// The deadline of the pool's own jobs, measured from their start.
  static final Duration HEARTBEAT = Duration.ofSeconds(3);

  static final Sql INSERT =
      Sql.of(
          "proof.insert_row",
          "insert into proof.rows (company_id, id, n) values (:company, :id, 1 / :by::int)"
              + " returning id");
  static final Sql READ = Sql.of("proof.read_numbers", "select 1 / :by::int as n");

  private static final Schema SCHEMA =
      new Schema(
          "proof",
          List.of(
              new Migration(
                  1,
                  "V1__proof.sql",
                  """
                  create table proof.rows (
                    company_id uuid not null, id uuid not null, n int not null,
                    primary key (company_id, id));
                  select dbapi.protect_tenant_table('proof.rows');
                  """)),
          Map.of());
  private static final int WARM_UPS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String name =
      "lane_%d_%x".formatted(NUMBERS.incrementAndGet(), System.currentTimeMillis());
  private final UUID company = UuidV7.next();
  private final FaultProxy proxy;
  private final DatabaseRuntime runtime;

  Lane() {
    URI server = URI.create(TestPostgres.url().substring("jdbc:".length()));
    ask("showfloor", "create database " + name);
    proxy = new FaultProxy(server.getHost(), server.getPort());
    runtime =
        DatabaseRuntime.open(
            new DatabaseConfig(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(proxy.port(), name),
                TestPostgres.user(),
                TestPostgres.password(),
                Map.of(),
                new PoolSettings(CONNECTIONS, 1, Duration.ofSeconds(10), Duration.ofSeconds(10))));
    runtime.migrate(List.of(SCHEMA));
    for (int i = 0; i < WARM_UPS; i++) { // what is measured later is not the loading of classes
      lendsAll(WARM_UP);
      endSessions();
    }
  }

  FaultProxy network() {
    return proxy;
  }

  Database database() {
    return runtime.database();
  }

  PoolFacts facts() {
    return runtime.facts();
  }

  /// Whether a job of the pool's own has a connection, or is about to have one.
  boolean isHeldByThePool() {
    PoolFacts facts = facts();
    return Stream.concat(
            facts.leases().stream().map(PoolFacts.LeaseFacts::module),
            facts.waiting().stream().map(PoolFacts.Waiter::module))
        .anyMatch("dbapi"::equals);
  }

  UUID company() {
    return company;
  }

  /// Runs `work` as a request with this deadline.
  <T> T within(Duration limit, ScopedValue.CallableOp<T, RuntimeException> work) {
    return within("GET /proof", limit, work);
  }

  /// An urgent one: the others may not have the last connection.
  private <T> T within(
      String name, Duration limit, ScopedValue.CallableOp<T, RuntimeException> work) {
    return Operation.startingNow("proof", name, UuidV7.next().toString(), limit)
        .withPriority(Priority.HIGH)
        .inCompany(company)
        .call(work);
  }

  /// Reads one row.
  static List<Integer> read(SqlReader sql) {
    return sql.list(READ.with("by", 1), row -> row.integer("n"));
  }

  /// Whether as many leases as the pool has connections can be held at once within `limit`.
  boolean lendsAll(Duration limit) {
    CountDownLatch together = new CountDownLatch(CONNECTIONS);
    AtomicInteger held = new AtomicInteger();
    Runnable holder =
        () -> {
          try {
            within(
                "hold one of all",
                limit,
                () ->
                    database()
                        .inTransaction(
                            sql -> {
                              read(sql);
                              together.countDown();
                              return await(together, limit) ? held.incrementAndGet() : 0;
                            }));
          } catch (DatabaseException struck) {
            assert struck != null;
          }
        };
    List<Thread> holders =
        Stream.generate(() -> Thread.ofVirtual().start(holder)).limit(CONNECTIONS).toList();
    holders.forEach(Lane::join);
    return held.get() == CONNECTIONS;
  }

  /// Whether one more than the pool has is refused at the gate.
  boolean lendsNoMore() {
    CountDownLatch taken = new CountDownLatch(CONNECTIONS);
    CountDownLatch tried = new CountDownLatch(1);
    Duration limit = Duration.ofSeconds(8);
    Runnable holder =
        () ->
            within(
                "hold one of all",
                limit,
                () ->
                    database()
                        .inTransaction(
                            sql -> {
                              taken.countDown();
                              return await(tried, limit);
                            }));
    List<Thread> holders =
        Stream.generate(() -> Thread.ofVirtual().start(holder)).limit(CONNECTIONS).toList();
    try {
      return await(taken, limit) && isRefused();
    } finally {
      tried.countDown();
      holders.forEach(Lane::join);
    }
  }

  private boolean isRefused() {
    try {
      within(Duration.ofMillis(300), () -> read(database()));
      return false;
    } catch (DatabaseException.Overloaded refused) {
      return true;
    } catch (DatabaseException other) {
      return false;
    }
  }

  /// Ends every session of the pool, so that it has to connect anew.
  void endSessions() {
    ask(
        name,
        "reset role",
        "select count(pg_terminate_backend(pid, 2000)) from pg_stat_activity where datname = '%s'"
                .formatted(name)
            + " and application_name like 'showfloor/%'");
  }

  /// Sessions of the pool, as the server counts them.
  int sessions() {
    return ask(
        name,
        "select count(*) from pg_stat_activity where datname = '%s'".formatted(name)
            + " and application_name like 'showfloor/%'");
  }

  /// Whether the row is there, read past everything under test.
  boolean has(UUID id) {
    return ask(
            name,
            "set app.company_id = '%s'".formatted(company),
            "select count(*) from proof.rows where id = '%s'".formatted(id))
        == 1;
  }

  /// Runs statements, at first as the owner; the one number of the last, 0 where it answers none.
  private static int ask(String database, String... statements) {
    String url = TestPostgres.url().replaceAll("/[^/]*$", "/" + database);
    try (Connection connection =
            DriverManager.getConnection(
                url + "?ApplicationName=observer", TestPostgres.user(), TestPostgres.password());
        var sql = connection.createStatement()) {
      boolean answers = sql.execute("set role showfloor_owner");
      for (String statement : statements) {
        answers = sql.execute(statement);
      }
      if (!answers) {
        return 0;
      }
      var result = sql.getResultSet();
      result.next();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  private static boolean await(CountDownLatch latch, Duration limit) {
    try {
      return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
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

  /// Closes the pool. How many sessions that left, by its own word, or by the server's a second
  /// later: what was cut off is noticed there within half of one.
  int end() {
    int left = runtime.close(Duration.ofSeconds(6));
    long end = System.nanoTime() + Size.limit(Duration.ofSeconds(1)).toNanos();
    while (left == 0 && sessions() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return left == 0 ? sessions() : left;
  }

  @Override
  public void close() {
    proxy.close(); // its database goes with the server
  }
}
