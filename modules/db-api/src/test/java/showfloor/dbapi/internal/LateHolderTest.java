package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.internal.Statements.Place;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// Past its deadline a holder sends nothing and makes nothing last, and the server stops what it
/// runs.
class LateHolderTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open(1);
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @AfterEach
  void thePoolIsWhole() {
    rig.assertWhole();
  }

  @Test
  void aStatementPastTheDeadlineIsNotSent() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    LIMIT,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  FaultTest.insert(sql, 1);
                                  LockSupport.parkNanos(LIMIT.toNanos());
                                  return FaultTest.insert(sql, 2);
                                })))
        .isInstanceOf(DatabaseException.TimedOut.class)
        .hasMessageContaining("was not sent");
  }

  @Test
  void aUnitThatEndsPastItsDeadlineIsNotCommitted() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    LIMIT,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  int inserted = FaultTest.insert(sql, 3);
                                  LockSupport.parkNanos(LIMIT.toNanos());
                                  return inserted;
                                })))
        .isInstanceOf(DatabaseException.TimedOut.class);
    assertThat(TestServer.countOf(rig.databaseName(), "shop.items", Rig.ACME)).isZero();
  }

  @Test
  void aLeaseLastsNoLongerThanItsOwnBudget() {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    Operation operation =
        Operation.of("shop", "GET /test", "request-1", deadline, LIMIT, Priority.NORMAL);
    assertThat(rig.leases().lease(operation, Lease::remainingMs))
        .isLessThanOrEqualTo(LIMIT.toMillis());
  }

  @Test
  void theServerKnowsTheDeadlineOfAUnitOfWork() throws Exception {
    Statements statements = new Statements(rig.databaseName() + "_", "x", true);
    int timeoutMs =
        rig.leases()
            .lease(
                Rig.operation(LIMIT).inCompany(Rig.ACME),
                lease -> {
                  assumeTrue(lease.server().haveMinimumServerVersion(170_000));
                  lease.view().setAutoCommit(false);
                  statements.rows(lease, FaultTest.COUNT.with(), Place.FIRST, row -> 1);
                  int setting = setting(lease.view(), "transaction_timeout");
                  lease.view().rollback();
                  lease.view().setAutoCommit(true);
                  return setting;
                });
    assertThat(timeoutMs).isBetween(1_001, 2_000);
  }

  /// Without the prefix nothing tells the server about the deadline.
  @Test
  void aStatementThatTheServerWouldNotEndIsCancelledBeforeItsConnectionIsTakenAway() {
    Throwable ended =
        catchThrowable(
            () ->
                rig.leases()
                    .lease(
                        Rig.operation(Duration.ofMillis(100)),
                        lease -> {
                          try {
                            run(lease.view(), "select pg_sleep(30)");
                          } finally {
                            assertThat(lease.reclaim()).as("not taken away yet").isTrue();
                            lease.stayLate();
                          }
                          return 1;
                        }));
    assertThat(ended)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
  }

  /// A server that does not look whether its client is still there would go on.
  @Test
  void whatAConnectionRunsEndsWhenItIsTakenAway() throws Exception {
    CompletableFuture<Throwable> holder = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () ->
                holder.complete(
                    catchThrowable(
                        () ->
                            rig.leases()
                                .lease(
                                    Rig.operation(Duration.ofSeconds(60)),
                                    lease -> {
                                      run(lease.view(), "set client_connection_check_interval = 0");
                                      run(lease.view(), "select pg_sleep(60)");
                                      return 1;
                                    }))));
    Rig.await(() -> sleeping() == 1);
    rig.leases().reclaimAll();
    Rig.await(() -> sleeping() == 0);
    assertThat(sleeping()).isZero();
    assertThat(holder.get(10, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int setting(Connection connection, String name) throws SQLException {
    try (var statement =
        connection.prepareStatement("select setting::int from pg_settings where name = ?")) {
      statement.setString(1, name);
      try (var result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  private static long sleeping() {
    return rig.sessions("and query = 'select pg_sleep(60)' and state = 'active'");
  }
}
