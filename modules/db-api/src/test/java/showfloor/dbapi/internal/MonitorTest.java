package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.Reconciliation;

/// Each difference is made on purpose, and named.
class MonitorTest {
  private final FleetRig rig = new FleetRig(30);
  private final Pool pool = rig.open(2, FleetRig.SILENT);
  private final LogLines log = new LogLines(Monitor.class);

  @AfterEach
  void close() throws Exception {
    log.close();
    rig.close();
  }

  @Test
  void booksPoolAndServerAgreeAndNothingIsSaid() {
    assertThat(pool.reconciliation()).isEmpty();
    Reconciliation result = pool.reconcile();
    assertThat(result.differences()).isEmpty();
    assertThat(result.foreign()).isEmpty();
    assertThat(result.stale()).isEmpty();
    assertThat(result.held()).isZero();
    assertThat(result.inUse()).isZero();
    assertThat(result.sessions()).isEqualTo(result.poolConnections()).isPositive();
    assertThat(pool.reconciliation()).contains(result);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void connectionsThatComeAndGoAreNoDifference() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread churn =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!done.get()) {
                    Rig.as(
                        Rig.ACME,
                        () -> pool.database().one(FaultTest.COUNT.with(), row -> row.bigint("n")));
                    pool.leases().renew();
                  }
                });
    for (int i = 0; i < 20; i++) {
      assertThat(pool.reconcile().differences()).isEmpty();
    }
    done.set(true);
    churn.join();
  }

  @Test
  void aConnectionTakenBehindTheBooksIsNamedOnceAndSaidToBeGoneOnce() throws Exception {
    Connection taken = pool.leases().physical().getConnection();
    for (int i = 0; i < 3; i++) {
      assertThat(pool.reconcile().differences())
          .containsExactly("1 connection of the pool in use without a lease on the books");
    }
    taken.close();
    assertThat(pool.reconcile().differences()).isEmpty();
    pool.reconcile();
    assertThat(log.lines())
        .containsExactly(
            "WARNING Monitor: 1 connection of the pool in use without a lease on the books",
            "INFO Monitor: no longer: 1 connection of the pool in use without a lease on the"
                + " books");
  }

  @Test
  void aSessionThatThePoolDoesNotKnowIsNamed() throws Exception {
    rig.session(pool.instance());
    Reconciliation result = pool.reconcile();
    assertThat(result.differences())
        .containsExactly(
            "1 session of this instance on the server beyond the connections of the pool");
    assertThat(result.sessions()).isEqualTo(result.poolConnections() + 1);
  }

  @Test
  void aLeaseWhoseServerProcessIsGoneIsNamed() {
    pool.leases()
        .lease(
            Rig.operation(Duration.ofSeconds(20)),
            lease -> {
              int pid = lease.server().getBackendPID();
              rig.end(pid);
              List<String> named = elsewhere(pool::reconcile).differences();
              assertThat(named)
                  .containsExactly(
                      "1 connection of the pool without a session on the server",
                      "lease #%d shop GET /test holds server process %d, which is not there"
                          .formatted(lease.id(), pid));
              return 1;
            });
  }

  @Test
  void aSecondPoolIsNamedByItsSessionsWithoutWhatTheyRun() throws Exception {
    Connection second = rig.session("PostgreSQL%20JDBC%20Driver");
    int pid = second.unwrap(org.postgresql.core.BaseConnection.class).getBackendPID();
    Reconciliation result = pool.reconcile();
    assertThat(result.foreign()).hasSize(1);
    assertThat(result.foreign().getFirst())
        .satisfies(
            session -> {
              assertThat(session.pid()).isEqualTo(pid);
              assertThat(session.applicationName()).isEqualTo("PostgreSQL JDBC Driver");
              assertThat(session.clientAddress()).isEqualTo("127.0.0.1");
              assertThat(session.state()).isEqualTo("idle");
              assertThat(session.since()).matches("20.*Z");
            });
    assertThat(result.differences()).isEmpty();
    pool.reconcile();
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARNING Monitor: no instance owns session " + pid + " since 20")
        .contains("'PostgreSQL JDBC Driver' from 127.0.0.1, idle, since 20");
  }

  @Test
  void sessionsOfADeadInstanceAreNamed() throws Exception {
    rig.registry(
        "insert into dbapi.instances (id, host, share, fenced, fenced_by) values"
            + " ('showfloor/0000dead', 'h', 2, clock_timestamp() + interval '1 hour', 'x')");
    rig.session("showfloor/0000dead%20request-1");
    rig.registry("update dbapi.instances set fenced = clock_timestamp() where id like '%dead'");
    assertThat(pool.reconcile().stale())
        .extracting(Reconciliation.Session::applicationName)
        .containsExactly("showfloor/0000dead request-1");
  }

  @Test
  void aPoolThatIsHeldBeyondFourFifthsIsSaidWithItsHolders() throws Exception {
    held(() -> elsewhere(() -> held(() -> elsewhere(pool::reconcile))));
    assertThat(pool.reconciliation())
        .hasValueSatisfying(r -> assertThat(r.sessions()).isEqualTo(-1));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARNING Monitor: more than 80 % of the connections are held: ")
        .contains("shop GET /test");
  }

  private <T> T held(Supplier<T> work) {
    return pool.leases()
        .lease(
            Rig.operation(Duration.ofSeconds(20)).withPriority(Priority.HIGH), lease -> work.get());
  }

  /// On a thread that holds no lease.
  private static <T> T elsewhere(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                result.complete(work.get());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result.join();
  }
}
