package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.TestSql;

/// Something fails at each step of a lease; afterwards the pool is whole and the data are right.
class FaultTest {
  static final Sql INSERT =
      TestSql.of(
          "shop.insert_item",
          "insert into shop.items (company_id, id, name) values (:company, :id, :name)");
  static final Sql COUNT = TestSql.of("shop.count_items", "select count(*) as n from shop.items");
  static final Sql LIST = TestSql.of("shop.list_items", "select id, name from shop.items");
  static final Sql DIVIDE = TestSql.of("shop.divide", "select 1 / :by::int as q");
  static final Sql CLEAR = TestSql.of("shop.clear_items", "delete from shop.items where id > 0");

  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @AfterEach
  void thePoolIsWhole() {
    rig.assertWhole();
    Rig.as(Rig.ACME, () -> rig.database().execute(CLEAR.with()));
  }

  @Test
  void aCheckedExceptionPassesThroughAndRollsBack() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  insert(sql, 2);
                                  throw new IOException("checked");
                                })))
        .isInstanceOf(IOException.class);
    assertThat(count()).isZero();
  }

  @Test
  void aFailedStatementInAUnitOfWorkUndoesAllOfIt() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  insert(sql, 3);
                                  return sql.one(DIVIDE.with("by", 0), row -> row.integer("q"));
                                })))
        .isInstanceOf(DatabaseException.Failed.class)
        .hasMessageContaining("shop.divide failed");
    assertThat(count()).isZero();
  }

  @Test
  void aSwallowedFailureIsNoCommit() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  insert(sql, 4);
                                  try {
                                    sql.one(DIVIDE.with("by", 0), row -> row.integer("q"));
                                  } catch (DatabaseException swallowed) {
                                    assertThat(swallowed).isNotNull();
                                  }
                                  return "fine";
                                })))
        .isInstanceOf(DatabaseException.Failed.class)
        .hasMessageContaining("was rolled back");
    assertThat(count()).isZero();
  }

  @Test
  void aConstraintIsNamed() {
    insert(5);
    assertThatThrownBy(() -> insert(5))
        .isInstanceOfSatisfying(
            DatabaseException.ConstraintViolated.class,
            e -> assertThat(e.constraint()).isEqualTo("items_pkey"));
  }

  @Test
  void aSessionThatTheServerEndsCostsItsOwnCallerOnly() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  insert(sql, 6);
                                  terminateBusySession();
                                  insert(sql, 7);
                                  return 1;
                                })))
        .isInstanceOf(DatabaseException.Unavailable.class);
    assertThat(count()).isZero();
  }

  /// As where a message of the server arrives twice: the driver looks for what it answers.
  @Test
  void anAnswerThatMakesNoSenseLeavesOpenWhatWasDone() {
    assertThatThrownBy(
            () ->
                rig.leases()
                    .lease(
                        Rig.operation(Duration.ofSeconds(5)),
                        lease ->
                            lease.driven(
                                () -> {
                                  throw new NoSuchElementException("what the driver says");
                                })))
        .isInstanceOfSatisfying(
            SQLException.class,
            e ->
                assertThat(SqlStates.translate("commit", e))
                    .isInstanceOf(DatabaseException.Unavailable.class));
  }

  @Test
  void aConnectionThatComesBackInsideATransactionIsDestroyed() throws Exception {
    long before = rig.pool().facts().totals().destroyed();
    rig.leases()
        .lease(
            Rig.operation(Duration.ofSeconds(5)),
            lease -> {
              lease.view().setAutoCommit(false);
              try (var statement = lease.view().createStatement()) {
                return statement.execute("select 1");
              }
            });
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(before + 1);
  }

  @Test
  void aConnectionThatComesBackWithoutAutocommitIsDestroyed() throws Exception {
    long before = rig.pool().facts().totals().destroyed();
    rig.leases()
        .lease(
            Rig.operation(Duration.ofSeconds(5)),
            lease -> {
              lease.view().setAutoCommit(false);
              return 1;
            });
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(before + 1);
  }

  @Test
  void aUnitKeptAfterItsLambdaIsDead() {
    AtomicReference<SqlWriter> kept = new AtomicReference<>();
    Rig.as(
        Rig.ACME,
        () ->
            rig.database()
                .inTransaction(
                    sql -> {
                      kept.set(sql);
                      return insert(sql, 8);
                    }));
    assertThatThrownBy(() -> insert(kept.get(), 9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lives in its lambda");
  }

  @Test
  void aUnitIsDeadForOtherThreads() throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Rig.as(
        Rig.ACME,
        () ->
            rig.database()
                .inTransaction(
                    sql -> {
                      Thread other =
                          Thread.ofVirtual()
                              .start(
                                  () -> {
                                    try {
                                      insert(sql, 10);
                                    } catch (RuntimeException e) {
                                      refused.set(e);
                                    }
                                  });
                      other.join();
                      return 1;
                    }));
    assertThat(refused.get()).hasMessageContaining("on its thread");
  }

  @Test
  void leasesDoNotNest() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () -> rig.database().inTransaction(sql -> insert(sql, 12) + countNested())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leases do not nest")
        .hasMessageContaining("statement shop.insert_item");
  }

  @Test
  void withoutARequestOrJobThereIsNoDatabase() {
    assertThatThrownBy(() -> rig.database().list(LIST.with(), row -> 1))
        .hasMessageContaining("reached from a request or a job");
  }

  @Test
  void aReaderDoesNotWriteAndASnapshotCannot() {
    SqlReader reader = rig.database();
    assertThatThrownBy(
            () -> Rig.as(Rig.ACME, () -> reader.list(CLEAR.with(), row -> row.integer("id"))))
        .hasMessageContaining("shop.clear_items writes");
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME, () -> rig.database().inSnapshot(sql -> insert((SqlWriter) sql, 14))))
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void aSnapshotDoesNotSeeWhatCommitsMeanwhile() {
    insert(15);
    long seen =
        Rig.as(
            Rig.ACME,
            () ->
                rig.database()
                    .inSnapshot(
                        sql -> {
                          long first = sql.one(COUNT.with(), row -> row.bigint("n"));
                          insertPastThePool(16);
                          return first * 10 + sql.one(COUNT.with(), row -> row.bigint("n"));
                        }));
    assertThat(seen).isEqualTo(11);
    assertThat(count()).isEqualTo(2);
  }

  private static int countNested() {
    return rig.database().one(COUNT.with(), row -> row.integer("n"));
  }

  private static void insertPastThePool(int id) {
    TestServer.asOwner(
        rig.databaseName(),
        "set app.company_id = '%s'".formatted(Rig.ACME),
        "insert into shop.items values ('%s', %d, 'item %d')".formatted(Rig.ACME, id, id));
  }

  private static void insert(int id) {
    Rig.as(Rig.ACME, () -> insert(rig.database(), id));
  }

  static int insert(SqlWriter sql, int id) {
    return sql.execute(INSERT.with("company", Rig.ACME, "id", id, "name", "item " + id));
  }

  private static long count() {
    return Rig.as(Rig.ACME, () -> rig.database().one(COUNT.with(), row -> row.bigint("n")));
  }

  private static void terminateBusySession() {
    try (var connection = TestServer.connect(rig.databaseName());
        var statement = connection.createStatement()) {
      statement.execute(
          """
          select pg_terminate_backend(pid, 2000) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()
             and state = 'idle in transaction'\
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
