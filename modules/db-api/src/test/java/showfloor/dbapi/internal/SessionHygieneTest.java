package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.core.TransactionState;

/// Nothing that a session can keep goes from one lease to the next.
///
/// No statement of a module can make a session keep anything: the fence stands before it. What is
/// sent here goes past the fence, as a mistake of ours would. HikariCP alone hands nine of nine
/// such kinds on to the next holder, and pools a connection that is inside a transaction.
class SessionHygieneTest {
  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open(1);
  }

  @AfterAll
  static void close() {
    rig.assertWhole();
    rig.close();
  }

  /// What makes it, and what it looks like.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          set statement_timeout = 77                                          | setting statement_timeout = 77
          select set_config('lock_timeout', '77', false)                      | setting lock_timeout = 77
          set idle_in_transaction_session_timeout = 0                         | setting idle_in_transaction_session_timeout = 0
          update pg_settings set setting = '777' where name = 'temp_buffers'  | setting temp_buffers = 777
          set search_path = shop                                              | setting search_path = shop
          set role showfloor_owner                                            | role showfloor_owner
          set app.company_id = 'x'                                            | setting app.company_id
          set shop.mode = 'odd'                                               | setting shop.mode
          set application_name = 'odd'                                        | setting application_name = odd
          set timezone = 'Asia/Tokyo'                                         | setting TimeZone = Asia/Tokyo
          set datestyle = 'ISO, DMY'                                          | setting DateStyle = ISO, DMY
          set intervalstyle = 'iso_8601'                                      | setting IntervalStyle = iso_8601
          set bytea_output = 'escape'                                         | setting bytea_output = escape
          set xmloption = 'document'                                          | setting xmloption = document
          set default_transaction_read_only = on                              | setting default_transaction_read_only = on
          set session characteristics as transaction isolation level serializable | setting default_transaction_isolation = serializable
          set row_security = off                                              | setting row_security = off
          set enable_seqscan = off                                            | setting enable_seqscan = off
          set plan_cache_mode = 'force_generic_plan'                          | setting plan_cache_mode = force_generic_plan
          set work_mem = '77MB'                                               | setting work_mem = 78848
          set client_min_messages = 'error'                                   | setting client_min_messages = error
          select pg_advisory_lock(17)                                         | lock 17
          select pg_advisory_lock_shared(18)                                  | lock 18
          listen news                                                         | listens news
          create temp table kept (id int)                                     | temporary kept
          create temp view kept as select 1 as one                            | temporary kept
          create temp sequence kept                                           | temporary kept
          create function pg_temp.kept() returns int language sql return 1    | temporary kept
          prepare kept as select 1                                            | prepared kept
          declare kept cursor with hold for select 1                          | cursor kept
          """)
  void whatASessionKeepsIsGoneForTheNext(String sql, String trace) throws Exception {
    for (Order order : Order.values()) {
      List<String> left =
          rig.leases()
              .lease(
                  Rig.operation(Duration.ofSeconds(10)),
                  lease -> Unprefixed.on(lease, door -> order.left(door, sql)));
      assertThat(left).as("seen %s", order).contains(trace);
      assertNothingReachesTheNext(order);
    }
  }

  /// Whether what is kept comes before or after the lease's own work.
  enum Order {
    FIRST,
    LAST;

    List<String> left(Unprefixed door, String sql) throws SQLException {
      if (this == LAST) {
        door.row("select 1", row -> 1);
      }
      door.run(sql);
      List<String> left = Traces.of(door);
      if (this == FIRST) {
        door.row("select 1", row -> 1);
      }
      return left;
    }
  }

  /// A transaction that nobody knows of: the driver is in autocommit.
  @ParameterizedTest
  @CsvSource({
    "begin",
    "begin; savepoint kept",
    "begin; select 1 / 0",
    "begin; set local role showfloor_owner; lock table shop.items",
    "start transaction read only"
  })
  void aTransactionThatNobodyKnowsOfIsGoneForTheNext(String sql) {
    long before = rig.pool().facts().totals().destroyed();
    TransactionState left =
        rig.leases()
            .lease(
                Rig.operation(Duration.ofSeconds(10)),
                lease -> {
                  attempt(lease.view(), sql);
                  return lease.server().getTransactionState();
                });
    assertThat(left).isNotEqualTo(TransactionState.IDLE);
    assertNothingReachesTheNext(sql);
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(before + 1);
  }

  /// What is changed through the driver, beside the door and beside the fence.
  record Change(String name, Step step) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Change> changes() {
    return List.of(
        new Change("no autocommit", connection -> connection.setAutoCommit(false)),
        new Change("reading only", connection -> connection.setReadOnly(true)),
        new Change(
            "an isolation", c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE)),
        new Change("a name", connection -> connection.setClientInfo("ApplicationName", "odd")),
        new Change("a network timeout", c -> c.setNetworkTimeout(Runnable::run, 777)),
        new Change("a time zone", connection -> attempt(connection, "set timezone = 'Asia/Tokyo'")),
        new Change("a style", connection -> attempt(connection, "set datestyle = 'ISO, DMY'")),
        new Change("an open result", c -> c.prepareStatement("select 1").executeQuery()));
  }

  @FunctionalInterface
  interface Step {
    void on(Connection connection) throws SQLException;
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatIsChangedThroughTheDriverIsGoneForTheNext(Change change) throws Exception {
    rig.leases()
        .lease(
            Rig.operation(Duration.ofSeconds(10)),
            lease -> {
              change.step.on(lease.view());
              return change;
            });
    assertNothingReachesTheNext(change);
  }

  @Test
  void theSchemaCannotBeChangedThroughTheDriver() {
    assertThatThrownBy(
            () ->
                rig.leases()
                    .lease(
                        Rig.operation(Duration.ofSeconds(10)),
                        lease -> {
                          lease.view().setSchema("shop");
                          return 1;
                        }))
        .isInstanceOf(SQLException.class)
        .hasMessage("a lease's schema cannot be changed");
    assertNothingReachesTheNext("a schema");
  }

  /// A job that fails half-way has not said what it left.
  @Test
  void aConnectionIsNotPooledAgainWhereAJobPastTheFenceFailed() {
    long before = rig.pool().facts().totals().destroyed();
    attemptJob("listen news; select 1 / 0");
    assertNothingReachesTheNext("a failed job");
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(before + 1);
  }

  private static void attemptJob(String sql) {
    try {
      rig.leases()
          .lease(
              Rig.operation(Duration.ofSeconds(10)),
              lease ->
                  Unprefixed.on(
                      lease,
                      door -> {
                        door.run(sql);
                        return 1;
                      }));
    } catch (SQLException expected) {
      assertThat(expected.getMessage()).contains("division by zero");
    }
  }

  private static void attempt(Connection connection, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException swallowed) {
      assertThat(swallowed.getMessage()).contains("division by zero");
    }
  }

  private static void assertNothingReachesTheNext(Object after) {
    List<String> seen =
        rig.leases()
            .lease(
                Rig.operation(Duration.ofSeconds(10)),
                lease -> {
                  assertThat(driver(lease.view())).as("after %s", after).isEqualTo(DRIVER);
                  return Traces.of(lease);
                });
    assertThat(seen).as("after %s", after).isEmpty();
    assertThat(rig.sessionsInTransaction()).as("sessions in a transaction").isZero();
  }

  /// What a fresh connection's driver says of itself.
  private static final List<Object> DRIVER =
      List.of(true, false, Connection.TRANSACTION_READ_COMMITTED, "public", 330_000);

  private static List<Object> driver(Connection connection) {
    try {
      return List.of(
          connection.getAutoCommit(),
          connection.isReadOnly(),
          connection.getTransactionIsolation(),
          connection.getSchema(),
          connection.getNetworkTimeout());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
