package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Job;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.Jobs;
import showfloor.dbapi.runtime.PoolFacts;

/// Jobs that end, throw, overrun, hang and are stopped.
class JobsTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Sql COUNT = TestSql.of("shop.job_count", "select count(*) from shop.items");
  private static final Sql INSERT =
      TestSql.of(
          "shop.job_insert",
          "insert into shop.items (company_id, id, name) values (:company, :id, :name)");
  private static final Sql ENDLESS =
      TestSql.of(
          "shop.job_endless",
          """
          with recursive n (i) as (select 1 union all select (i + 1) % 1000000 from n)
          select count(*) from n
          """);

  private DatabaseRuntime database;

  @BeforeEach
  void open() {
    database = DatabaseRuntime.open(TestServer.emptyDatabase(Rig.pool(Rig.POOL)));
    database.migrate(List.of(Rig.SHOP, Rig.OTHER));
  }

  @AfterEach
  void close() {
    assertThat(database.close(Duration.ofSeconds(5))).as("sessions left").isZero();
  }

  private void await(java.util.function.BooleanSupplier condition) {
    Rig.await(condition);
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private void stop(Jobs jobs) {
    jobs.end();
    assertThat(jobs.await(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void itRunsAgainAndAgainAndHoldsNothingBetweenRuns() {
    AtomicInteger runs = new AtomicInteger();
    List<String> held = new java.util.concurrent.CopyOnWriteArrayList<>();
    Job job =
        new Job(
            "shop.count",
            SOON,
            LONG,
            run -> {
              long items =
                  run.inCompany(
                      Rig.ACME,
                      () ->
                          database
                              .database()
                              .inTransaction(
                                  sql -> {
                                    database.facts().leases().stream()
                                        .map(PoolFacts.LeaseFacts::operation)
                                        .forEach(held::add);
                                    return sql.one(COUNT.with(), row -> row.bigint("count"));
                                  }));
              runs.addAndGet(items == 0 ? 1 : 0);
            });
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> runs.get() >= 3);
    assertThat(held).contains("job shop.count");
    stop(jobs);
    int after = runs.get();
    assertThat(database.facts().leases()).isEmpty();
    pause();
    assertThat(runs).as("no run begins after the end").hasValue(after);
  }

  @Test
  void aSignalEndsThePauseAndOneRaisedDuringARunLetsItRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    Job.Signal signal = new Job.Signal();
    Job job =
        new Job(
            "shop.count",
            LONG,
            LONG,
            run -> {
              if (runs.incrementAndGet() == 2) {
                signal.raise();
              }
            },
            signal);
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> runs.get() == 1);
    signal.raise();
    await(() -> runs.get() == 3);
    pause();
    assertThat(runs.get()).as("a signal wakes once").isEqualTo(3);
    stop(jobs);
  }

  @Test
  void oneThatThrowsRunsAgainAndHarmsNoOther() {
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    Job failing =
        new Job(
            "shop.fail",
            SOON,
            LONG,
            run -> {
              if (failed.incrementAndGet() % 2 == 0) {
                throw new java.io.IOException("no use");
              }
              throw new StackOverflowError("seeded");
            });
    Job other = new Job("shop.go_on", SOON, LONG, run -> others.incrementAndGet());
    Jobs jobs = Jobs.start(database, List.of(failing, other));
    await(() -> failed.get() >= 4 && others.get() >= 4);
    stop(jobs);
  }

  @Test
  void whatItWroteBeforeItThrewIsUndoneWithItsUnitOnly() {
    CountDownLatch twice = new CountDownLatch(2);
    Job job =
        new Job(
            "shop.write",
            SOON,
            LONG,
            run -> {
              twice.countDown();
              run.inCompany(
                  Rig.ACME,
                  () ->
                      database
                          .database()
                          .inTransaction(
                              sql -> {
                                sql.execute(
                                    INSERT.with("company", Rig.ACME, "id", 7, "name", "seven"));
                                throw new IllegalStateException("half-way");
                              }));
            });
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> twice.getCount() == 0);
    stop(jobs);
    assertThat(
            Rig.<Long, RuntimeException>as(
                Rig.ACME, () -> database.database().one(COUNT.with(), row -> row.bigint("count"))))
        .isZero();
  }

  @Test
  void aStatementIsCancelledAtTheEndOfTheBudget() {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Job job =
        new Job(
            "shop.overrun",
            LONG,
            Duration.ofMillis(300),
            run -> {
              try {
                database.database().one(ENDLESS.with(), row -> 1);
              } catch (DatabaseException e) {
                seen.set(e);
                throw e;
              }
            });
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> seen.get() != null);
    assertThat(seen.get()).isInstanceOf(DatabaseException.TimedOut.class);
    stop(jobs);
  }

  @Test
  void oneThatWaitsForSomethingElseIsInterruptedAfterItsBudgetAndRunsAgain() {
    AtomicInteger interrupted = new AtomicInteger();
    Job job =
        new Job(
            "shop.hang",
            SOON,
            Duration.ofMillis(50),
            run -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
              }
            });
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> interrupted.get() >= 2);
    assertThat(jobs.cancel(Duration.ofSeconds(2))).isTrue();
  }

  @Test
  void theStopCancelsTheStatementOfAJobAndKeepsItsConnectionsCountRight() {
    Job job =
        new Job("shop.endless", LONG, LONG, run -> database.database().one(ENDLESS.with(), r -> 1));
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> !database.facts().leases().isEmpty());
    jobs.end();
    assertThat(jobs.await(Duration.ofMillis(100))).as("it does not end by itself").isFalse();
    assertThat(jobs.cancel(Duration.ofSeconds(5))).isTrue();
    await(() -> database.facts().leases().isEmpty());
  }

  @Test
  void theStopLetsARunWriteDownWhatItHasDone() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    Job job =
        new Job(
            "shop.step",
            LONG,
            LONG,
            run -> {
              while (run.goesOn()) {
                begun.countDown();
                pause();
              }
              run.inCompany(
                  Rig.ACME,
                  () ->
                      database
                          .database()
                          .execute(INSERT.with("company", Rig.ACME, "id", 1, "name", "one")));
              steps.incrementAndGet();
            });
    Jobs jobs = Jobs.start(database, List.of(job));
    await(() -> begun.getCount() == 0);
    stop(jobs);
    assertThat(steps).hasValue(1);
  }

  @Test
  void aRunIsDeadOnceItHasEndedAndOnOtherThreads() throws Exception {
    AtomicReference<Job.Run> kept = new AtomicReference<>();
    AtomicReference<Throwable> elsewhere = new AtomicReference<>();
    Jobs.runOnce(
        new Job(
            "shop.keep",
            LONG,
            LONG,
            run -> {
              kept.set(run);
              Thread.ofVirtual()
                  .start(
                      () -> {
                        try {
                          run.goesOn();
                        } catch (IllegalStateException e) {
                          elsewhere.set(e);
                        }
                      })
                  .join();
            }));
    assertThat(elsewhere.get()).hasMessageContaining("lives until its end, on its thread");
    assertThatThrownBy(() -> kept.get().inCompany(Rig.ACME, () -> 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itSeesTheRowsOfTheCompanyThatItEnteredAndOfNoOther() throws Exception {
    AtomicReference<List<Long>> seen = new AtomicReference<>();
    Jobs.runOnce(
        new Job(
            "shop.look",
            LONG,
            LONG,
            run -> {
              run.inCompany(
                  Rig.ACME,
                  () ->
                      database
                          .database()
                          .execute(INSERT.with("company", Rig.ACME, "id", 1, "name", "one")));
              seen.set(
                  List.of(
                      run.inCompany(Rig.ACME, this::items), run.inCompany(Rig.BOLT, this::items)));
              assertThatThrownBy(this::items).isInstanceOf(DatabaseException.class);
            }));
    assertThat(seen.get()).containsExactly(1L, 0L);
  }

  private long items() {
    return database.database().one(COUNT.with(), row -> row.bigint("count"));
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
  }
}
