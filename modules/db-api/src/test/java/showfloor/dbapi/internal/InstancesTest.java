package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;

/// Instances that live, and instances that do not: two pools stand for two processes.
class InstancesTest {
  private static final Sql SLOW =
      TestSql.of(
          "shop.count_very_slowly",
          "select count(*) as n from generate_series(1, 60000) as a, generate_series(1, 60000) as"
              + " b");

  private final FleetRig rig = new FleetRig(40);

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void anInstanceIsInTheRegistryFromItsStartToItsStop() {
    Pool pool = rig.open(3, FleetRig.LIVELY);
    assertThat(rig.instances("id = '%s' and share = 3 and host <> ''".formatted(pool.instance())))
        .isEqualTo(1);
    Rig.await(() -> rig.instances("cardinality(backends) > 0 and heartbeat > started") == 1);
    assertThat(rig.instances("backends[1] ~ '^[0-9]+@2.*Z$' and heartbeat > started")).isEqualTo(1);
    assertThat(pool.close(Duration.ofSeconds(3))).isZero();
    assertThat(rig.instances("true")).isZero();
  }

  @Test
  void aSilentInstanceLosesItsSessionsAStalledCopyTooAndWritesNothingMore() throws Exception {
    Pool frozen = rig.open(3, FleetRig.SILENT);
    CountDownLatch wakes = new CountDownLatch(1);
    CompletableFuture<Throwable> unit = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> unit.complete(catchThrowable(() -> writeTwice(frozen, wakes))));
    rig.stalledCopy(frozen.instance() + "%20request-7");
    rig.open(2, FleetRig.LIVELY);
    Rig.await(() -> rig.sessions(frozen.instance()) == 0);
    assertThat(rig.sessions(frozen.instance())).isZero();
    wakes.countDown();
    assertThat(unit.get(10, TimeUnit.SECONDS)).isInstanceOf(DatabaseException.Unavailable.class);
    assertThat(rig.items(Rig.ACME)).isZero();
    assertThat(rig.instances("id = '%s' and fenced_by is not null".formatted(frozen.instance())))
        .isEqualTo(1);

    int opened = backend(frozen);
    frozen.membership().beat();
    assertThat(rig.instances("fenced is null and share = 3")).isEqualTo(1);
    assertThat(backend(frozen)).as("opened while it was fenced").isNotEqualTo(opened);
    Rig.as(Rig.ACME, () -> FaultTest.insert(frozen.database(), 3));
    assertThat(rig.items(Rig.ACME)).isEqualTo(1);
  }

  @Test
  void theWatchCostsNobodyHisPreparedStatementsAndLeavesNothing() throws Exception {
    Pool pool = rig.open(1, FleetRig.SILENT);
    for (int i = 0; i < 10; i++) {
      Rig.as(Rig.ACME, () -> pool.database().one(FaultTest.COUNT.with(), row -> row.bigint("n")));
    }
    int backend = backend(pool);
    pool.membership().beat();
    pool.reconcile();
    assertThat(backend(pool)).as("pooled again").isEqualTo(backend);
    List<String> prepared =
        pool.leases()
            .lease(
                Rig.operation(Duration.ofSeconds(10)),
                lease ->
                    Unprefixed.watching(
                        lease, door -> door.texts("select statement from pg_prepared_statements")));
    assertThat(prepared).anyMatch(text -> text.contains("from shop.items"));
    List<String> traces =
        pool.leases().lease(Rig.operation(Duration.ofSeconds(10)), lease -> Traces.of(lease));
    assertThat(traces).isEmpty();
  }

  private static int backend(Pool pool) {
    return pool.leases()
        .lease(Rig.operation(Duration.ofSeconds(10)), lease -> lease.server().getBackendPID());
  }

  private static int writeTwice(Pool pool, CountDownLatch between) {
    return Rig.as(
        Rig.ACME,
        Duration.ofSeconds(30),
        () ->
            pool.database()
                .inTransaction(
                    sql -> {
                      FaultTest.insert(sql, 1);
                      try {
                        assertThat(between.await(20, TimeUnit.SECONDS)).isTrue();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return FaultTest.insert(sql, 2);
                    }));
  }

  @Test
  void aPoolOfOneThatIsBusyForLongIsNotTakenForDead() {
    Pool busy = rig.open(1, FleetRig.LIVELY);
    rig.open(2, FleetRig.LIVELY);
    Throwable ended =
        catchThrowable(
            () ->
                Rig.as(
                    Rig.ACME,
                    Duration.ofSeconds(5),
                    () -> busy.database().one(SLOW.with(), row -> row.bigint("n"))));
    assertThat(ended)
        .as("its own deadline ended it")
        .isInstanceOf(DatabaseException.TimedOut.class);
    assertThat(rig.instances("fenced is not null")).isZero();
  }

  @Test
  void aPoolOfOneThatSendsStatementAfterStatementIsNotTakenForDead() {
    Pool busy = rig.open(1, FleetRig.LIVELY);
    rig.open(2, FleetRig.LIVELY);
    Rig.as(
        Rig.ACME,
        Duration.ofSeconds(20),
        () ->
            busy.database()
                .inTransaction(
                    sql -> {
                      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
                      while (System.nanoTime() < end) {
                        sql.one(FaultTest.COUNT.with(), row -> row.bigint("n"));
                        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                      }
                      return FaultTest.insert(sql, 1);
                    }));
    assertThat(rig.items(Rig.ACME)).isEqualTo(1);
    assertThat(rig.instances("fenced is not null")).isZero();
  }

  @Test
  void aSessionWhosePidWasOnceADeadInstancesIsLeftAlone() throws Exception {
    Connection innocent = rig.session("psql");
    Connection guilty = rig.session("renamed");
    String key =
        "(select pid || '@' || to_char((%s) at time zone 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from pg_stat_activity where application_name ="
            + " '%s')";
    rig.registry(
        "insert into dbapi.instances (id, host, share, fenced, fenced_by, backends) values"
            + " ('showfloor/0000dead', 'h', 2, clock_timestamp(), 'showfloor/00000000', array["
            + key.formatted("backend_start - interval '1 day'", "psql")
            + ", "
            + key.formatted("backend_start", "renamed")
            + "])");
    rig.open(1, FleetRig.LIVELY);
    Rig.await(() -> rig.sessions("renamed") == 0);
    assertThat(guilty.isValid(1)).as("it was the dead instance's").isFalse();
    assertThat(innocent.isValid(1)).isTrue();
  }

  @Test
  void aQuietSessionOfAnInstanceThatNobodyKnowsIsEnded() throws Exception {
    Connection orphan = rig.session("showfloor/0000beef");
    rig.open(1, FleetRig.LIVELY);
    Rig.await(() -> rig.sessions("showfloor/0000beef") == 0);
    assertThat(orphan.isValid(1)).isFalse();
  }

  @Test
  void whoWasSilentHimselfDoesNotJudgeOthersAtOnce() {
    Pool one = rig.open(2, FleetRig.SILENT);
    Pool two = rig.open(2, FleetRig.SILENT);
    // As when the server was away: nobody could say anything.
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    one.membership().beat();
    assertThat(rig.instances("fenced is not null")).isZero();
    two.membership().beat();
    one.membership().beat();
    assertThat(rig.instances("fenced is null")).isEqualTo(2);
  }

  @Test
  void theNextStartEndsWhatADeadInstanceLeft() throws Exception {
    rig.open(2, FleetRig.SILENT);
    Pool frozen = rig.open(2, FleetRig.SILENT);
    rig.stalledCopy(frozen.instance());
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    rig.open(2, FleetRig.SILENT);
    Rig.await(() -> rig.sessions(frozen.instance()) == 0);
    assertThat(rig.sessions(frozen.instance())).isZero();
    assertThat(rig.instances("fenced is null")).as("the new one only").isEqualTo(1);
  }
}
