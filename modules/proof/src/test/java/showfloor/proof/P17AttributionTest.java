package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.Sql;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts.LeaseFacts;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.dbapi.runtime.Priority;
import showfloor.testing.TestPostgres;

/// Five holders at random, then a caller too many: whoever reads the refusal knows them all.
@Proof(
    id = "P17",
    what =
        "random holders of all five connections: the refusal names module, operation, request, what"
            + " the session does and where the code stands, of each; the server says the same")
class P17AttributionTest {
  private static final int CONNECTIONS = 5;
  private static final Duration LOOK = Duration.ofMillis(110);
  private static final List<String> MODULES = List.of("auth", "dealers", "reports", "todos");
  private static final Sql WAIT =
      Sql.of("proof.wait_for_lock", "select proof.wait_for_lock() as waited");
  private static final Sql ONE = Sql.of("proof.one", "select 1 as n");
  private static final Schema SCHEMA =
      new Schema(
          "proof",
          List.of(
              new Migration(
                  1,
                  "V1__wait.sql",
                  """
                  create function proof.wait_for_lock() returns int
                  language plpgsql set search_path = pg_catalog as $$
                  begin perform pg_advisory_xact_lock_shared(17); return 1; end $$;
                  grant execute on function proof.wait_for_lock() to ${role};
                  """)),
          Map.of());

  /// What a holder does with its connection, and how the refusal and the server call it.
  private enum Deed {
    NOTHING("no statement yet", "idle", "holdsWithoutAStatement"),
    BETWEEN("idle in transaction sql=proof.one", "idle in transaction", "waitsBetweenStatements"),
    RUNNING("active sql=proof.wait_for_lock", "active", "runsAStatement");

    final String told;
    final String state;
    final String place;

    Deed(String told, String state, String place) {
      this.told = told;
      this.state = state;
      this.place = place;
    }
  }

  private record Holder(Operation operation, Deed deed) {}

  @Test
  void theRefusalNamesEveryHolder(Trials trials) throws SQLException {
    String database = "p17_%x".formatted(System.nanoTime());
    String shared = TestPostgres.url();
    try (Connection session = session(shared);
        var statement = session.createStatement()) {
      statement.execute("set role showfloor_owner");
      statement.execute("create database " + database);
    }
    String url = shared.substring(0, shared.lastIndexOf('/') + 1) + database;
    DatabaseRuntime runtime =
        DatabaseRuntime.open(
            new DatabaseConfig(
                url, TestPostgres.user(), TestPostgres.password(), Map.of(), PoolSettings.DEFAULT));
    try {
      runtime.migrate(List.of(SCHEMA));
      trials.run(Size.HOLDERS / CONNECTIONS, (number, random) -> round(runtime, url, random));
      trials.note("%d holders".formatted(Size.HOLDERS));
    } finally {
      runtime.close(Duration.ofSeconds(5));
    }
  }

  private static void round(DatabaseRuntime runtime, String url, Random random) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    List<Holder> holders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (Connection lock = session(url);
        var statement = lock.createStatement()) {
      statement.execute("select pg_advisory_lock(17)");
      for (int i = 0; i < CONNECTIONS; i++) {
        Deed deed = List.of(Deed.values()).get(random.nextInt(3));
        Holder holder = new Holder(operation(random, Duration.ofSeconds(10)), deed);
        holders.add(holder);
        threads.add(Thread.ofVirtual().start(() -> hold(runtime, holder, over)));
      }
      awaitInPlace(runtime, holders);
      // A refusal may tell what another one was told within the last 100 ms.
      LockSupport.parkNanos(LOOK.toNanos());
      Operation late = operation(random, Duration.ofMillis(60));
      DatabaseException refusal =
          catchThrowableOfType(
              DatabaseException.Overloaded.class,
              () -> late.call(() -> runtime.database().one(ONE.with(), row -> row.integer("n"))));
      assertThat(refusal)
          .hasMessageStartingWith(
              "DB-OVERLOAD %s/%s (request %s)"
                  .formatted(late.module(), late.name(), late.requestId()))
          .hasMessageContaining("5 of 5 connections are held");
      for (Holder holder : holders) {
        LeaseFacts lease = leaseOf(runtime, holder);
        assertThat(refusal.getMessage()).containsPattern(line(holder, lease));
        assertThat(sessionOf(url, lease.backendPid()))
            .isEqualTo(
                holder.deed.state + (holder.deed == Deed.NOTHING ? "" : " " + lease.requestId()));
      }
    } finally {
      over.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static String line(Holder holder, LeaseFacts lease) {
    return ("#%d \\Q%s/%s request=%s company=none\\E held [0-9,]+ ms of [0-9,]+ budget, \\Q%s\\E"
            + " pid=%d thread=\\Q%s\\E, now at [^;]*%s")
        .formatted(
            lease.id(),
            lease.module(),
            lease.operation(),
            lease.requestId(),
            holder.deed.told,
            lease.backendPid(),
            lease.thread(),
            holder.deed.place);
  }

  private static Operation operation(Random random, Duration limit) {
    // Urgent ones: for all others one connection is kept back.
    return Operation.startingNow(
            MODULES.get(random.nextInt(MODULES.size())),
            "GET /api/things-" + random.nextInt(1_000),
            "r-%08x".formatted(random.nextInt()),
            limit)
        .withPriority(Priority.HIGH);
  }

  private static void hold(DatabaseRuntime runtime, Holder holder, CountDownLatch over) {
    holder.operation.call(
        () ->
            switch (holder.deed) {
              case NOTHING -> holdsWithoutAStatement(runtime, over);
              case BETWEEN -> waitsBetweenStatements(runtime, over);
              case RUNNING -> runsAStatement(runtime);
            });
  }

  private static int holdsWithoutAStatement(DatabaseRuntime runtime, CountDownLatch over) {
    return runtime.database().inTransaction(sql -> await(over));
  }

  private static int waitsBetweenStatements(DatabaseRuntime runtime, CountDownLatch over) {
    return runtime
        .database()
        .inTransaction(
            sql -> {
              sql.one(ONE.with(), row -> row.integer("n"));
              return await(over);
            });
  }

  private static int runsAStatement(DatabaseRuntime runtime) {
    return runtime.database().one(WAIT.with(), row -> row.integer("waited"));
  }

  private static int await(CountDownLatch over) {
    try {
      assertThat(over.await(9, TimeUnit.SECONDS)).isTrue();
      return 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitInPlace(DatabaseRuntime runtime, List<Holder> holders) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!holders.stream().allMatch(holder -> isInPlace(runtime, holder))
        && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean isInPlace(DatabaseRuntime runtime, Holder holder) {
    return runtime.facts().leases().stream()
        .filter(lease -> lease.requestId().equals(holder.operation.requestId()))
        .anyMatch(
            lease ->
                holder.deed == Deed.NOTHING
                    || (lease.session().equals(holder.deed.state)
                        && holder.deed.told.endsWith(lease.statement())));
  }

  private static LeaseFacts leaseOf(DatabaseRuntime runtime, Holder holder) {
    return runtime.facts().leases().stream()
        .filter(lease -> lease.requestId().equals(holder.operation.requestId()))
        .findFirst()
        .orElseThrow();
  }

  /// State and request of a session, as the server shows it.
  private static String sessionOf(String url, int pid) throws SQLException {
    try (Connection session = session(url);
        var statement =
            session.prepareStatement(
                """
                select state || coalesce(nullif(substring(application_name from ' .*'), ''), '')
                  from pg_stat_activity where pid = ?\
                """)) {
      statement.setInt(1, pid);
      try (var result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
        return result.getString(1);
      }
    }
  }

  private static Connection session(String url) throws SQLException {
    return DriverManager.getConnection(
        url + "?ApplicationName=observer", TestPostgres.user(), TestPostgres.password());
  }
}
