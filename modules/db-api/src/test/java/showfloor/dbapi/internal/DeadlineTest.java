package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.TestSql;

/// A pool of one connection: whoever does not let go in time would stop everybody.
class DeadlineTest {
  // Slow without pg_sleep, which the fence refuses: some 10 s of counting.
  static final Sql SLOW =
      TestSql.of(
          "shop.count_slowly",
          "select count(*) as n from generate_series(1, 30000) as a, generate_series(1, 30000) as"
              + " b");
  private static final Sql ONE = TestSql.of("shop.select_one", "select 1 as one");

  private static final Sql TOUCH = TestSql.of("shop.touch_items", "update shop.items set id = id");

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
  void theServerItselfEndsALateStatement() {
    long began = System.nanoTime();
    assertThatThrownBy(() -> slowly(Duration.ofMillis(300)))
        .isInstanceOf(DatabaseException.TimedOut.class)
        .hasMessageContaining("shop.count_slowly")
        .hasStackTraceContaining("due to statement timeout");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    assertThat(one()).isEqualTo(1);
  }

  @Test
  void aHolderThatSendsNothingLosesItsConnectionToTheNextCaller() throws Exception {
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch served = new CountDownLatch(1);
    CompletableFuture<Throwable> late = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Rig.as(
                    Rig.ACME,
                    Duration.ofMillis(200),
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  sql.one(ONE.with(), row -> row.integer("one"));
                                  holds.countDown();
                                  served.await();
                                  return sql.one(ONE.with(), row -> row.integer("one"));
                                }));
                late.complete(new AssertionError("committed"));
              } catch (Throwable e) {
                late.complete(e);
              }
            });
    holds.await();
    assertThat(one()).as("the next caller is served while the holder still sleeps").isEqualTo(1);
    served.countDown();
    assertThat(late.get()).isInstanceOf(DatabaseException.TimedOut.class);
  }

  @Test
  void aHolderThatNeverSentAStatementLosesItToo() throws Exception {
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch served = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () ->
                    Rig.as(
                        Rig.ACME,
                        Duration.ofMillis(200),
                        () ->
                            rig.leases()
                                .lease(
                                    Rig.operation(Duration.ofMillis(200)),
                                    lease -> {
                                      holds.countDown();
                                      awaitQuietly(served);
                                      return 1;
                                    })));
    holds.await();
    assertThat(one()).isEqualTo(1);
    served.countDown();
    holder.join();
  }

  /// Just late, cancelled, and bereft of its connection.
  @ParameterizedTest
  @ValueSource(ints = {0, 350, 1_200})
  void aUnitThatIsLateBeforeItsFirstStatementTimedOut(int overdueMs) {
    assertThatThrownBy(() -> sleepThen(overdueMs, sql -> 1))
        .isInstanceOf(DatabaseException.TimedOut.class)
        .hasMessageContaining("the lease outlasted its deadline");
    assertThatThrownBy(() -> sleepThen(overdueMs, sql -> sql.execute(TOUCH.with())))
        .isInstanceOf(DatabaseException.TimedOut.class)
        .hasMessageContaining("shop.touch_items was not sent");
  }

  private static int sleepThen(
      int overdueMs, Database.Work<SqlWriter, Integer, RuntimeException> rest) {
    Duration limit = Duration.ofMillis(400); // enough to open a connection on a busy machine
    Rig.await(() -> rig.leases().freePermits() == 1);
    Database.Work<SqlWriter, Integer, RuntimeException> work =
        sql -> {
          long end = System.nanoTime() + limit.plusMillis(overdueMs).toNanos();
          while (System.nanoTime() < end) { // an earlier wake-up may still be pending
            LockSupport.parkNanos(end - System.nanoTime());
          }
          return rest.run(sql);
        };
    return Rig.as(Rig.ACME, limit, () -> rig.database().inTransaction(work));
  }

  @Test
  void theWaitIsBoundedByTheDeadlineAndTheRefusalNamesTheHolder() throws Exception {
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () ->
                    rig.leases()
                        .lease(
                            Rig.operation(Duration.ofSeconds(10)),
                            lease -> {
                              holds.countDown();
                              awaitQuietly(done);
                              return 1;
                            }));
    holds.await();
    long began = System.nanoTime();
    assertThatThrownBy(() -> Rig.as(Rig.BOLT, Duration.ofMillis(250), DeadlineTest::oneNow))
        .isInstanceOf(DatabaseException.Overloaded.class)
        .hasMessageContaining("1 of 1 connections are held: ")
        .hasMessageContaining("shop/GET /test request=request-1 company=none held ");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    done.countDown();
    holder.join();
  }

  @Test
  void waitersAreServedInTheOrderOfTheirComing() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch holds = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () ->
                    rig.leases()
                        .lease(
                            Rig.operation(Duration.ofSeconds(10)),
                            lease -> {
                              holds.countDown();
                              awaitQuietly(done);
                              return 1;
                            }));
    holds.await();
    List<Integer> order = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      waiters.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      rig.leases()
                          .lease(
                              Rig.operation(Duration.ofSeconds(10)), lease -> order.add(number))));
      int queued = i + 1;
      Rig.await(() -> rig.pool().facts().waiting().size() == queued);
    }
    done.countDown();
    for (Thread waiter : waiters) {
      waiter.join();
    }
    holder.join();
    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void anInterruptedWaiterLeavesTheQueue() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch holds = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(
                () ->
                    rig.leases()
                        .lease(
                            Rig.operation(Duration.ofSeconds(10)),
                            lease -> {
                              holds.countDown();
                              awaitQuietly(done);
                              return 1;
                            }));
    holds.await();
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Rig.as(Rig.ACME, DeadlineTest::oneNow);
                  } catch (RuntimeException e) {
                    refused.complete(e);
                  }
                });
    Rig.await(() -> !rig.pool().facts().waiting().isEmpty());
    waiter.interrupt();
    assertThat(refused.get())
        .isInstanceOf(DatabaseException.Overloaded.class)
        .hasMessageContaining(" interrupted after ");
    assertThat(rig.pool().facts().waiting()).isEmpty();
    done.countDown();
    holder.join();
  }

  @Test
  void fiveHundredThreadsOnOneConnectionEndWithNoneHeld() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int number = i;
      threads.add(Thread.ofVirtual().start(() -> anything(number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void anything(int number) {
    try {
      switch (number % 4) {
        case 0 -> Rig.as(Rig.ACME, DeadlineTest::oneNow);
        case 1 ->
            Rig.as(
                Rig.ACME,
                () ->
                    rig.database()
                        .inTransaction(sql -> sql.one(FaultTest.DIVIDE.with("by", 0), row -> 1)));
        case 2 -> Thread.currentThread().interrupt();
        default ->
            Rig.as(Rig.ACME, () -> rig.database().inSnapshot(sql -> sql.one(ONE.with(), row -> 1)));
      }
      if (number % 4 == 2) {
        Rig.as(Rig.ACME, DeadlineTest::oneNow);
      }
    } catch (DatabaseException expected) {
      assertThat(expected).hasMessageNotContaining("unexpected");
    }
  }

  private static long slowly(Duration limit) {
    return Rig.as(Rig.ACME, limit, () -> rig.database().one(SLOW.with(), row -> row.bigint("n")));
  }

  private static int one() {
    return Rig.as(Rig.ACME, DeadlineTest::oneNow);
  }

  private static int oneNow() {
    return rig.database().one(ONE.with(), row -> row.integer("one"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
