package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;

/// Who waits for a server that is cut off is ended, who waits for one that is slow is not. P7 tries
/// it with a network that passes nothing on.
class CutOffTest {
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private static final Executor EACH = Thread::startVirtualThread;

  private final LossyProxy proxy = new LossyProxy();

  /// One of them is kept for what is urgent.
  private final Rig rig = Rig.through(proxy, 3);

  @AfterEach
  void close() throws Exception {
    rig.pool().close(Duration.ofMillis(100));
    proxy.close();
  }

  @Test
  void whoeverWaitsForAServerThatIsCutOffIsEnded() throws Exception {
    proxy.fallSilent();
    proxy.fallDeaf();
    assertThat(waited(DatabaseException.Unavailable.class, LIMIT, this::count))
        .isBetween(Duration.ofMillis(3_500), Duration.ofMillis(5_500));
    Rig.await(() -> rig.leases().freePermits() == 3);
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(1);
  }

  @Test
  void aServerThatStandsStillTakesConnections() {
    proxy.fallSilent();
    assertThat(waited(DatabaseException.TimedOut.class, LIMIT, this::count))
        .isGreaterThanOrEqualTo(LIMIT);
  }

  @Test
  void aServerThatAnswersOthersIsThere() throws Exception {
    CompletableFuture<Duration> slow =
        CompletableFuture.supplyAsync(
            () -> waited(DatabaseException.TimedOut.class, LIMIT, this::slowly), EACH);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(() -> Rig.as(Rig.ACME, () -> count(answers, over)), EACH);
    Rig.await(() -> answers.get() > 0 && rig.leases().inUse() == 2);
    proxy.fallDeaf();
    assertThat(slow.join()).isGreaterThanOrEqualTo(LIMIT.minusMillis(300));
    over.set(true);
    assertThat(other.join()).isTrue();
    assertThat(answers.get()).isGreaterThan(10);
  }

  @Test
  void aShortOutageCostsNothing() throws Exception {
    Duration limit = Duration.ofSeconds(3);
    CompletableFuture<Duration> slow =
        CompletableFuture.supplyAsync(
            () -> waited(DatabaseException.TimedOut.class, limit, this::slowly), EACH);
    Rig.await(() -> rig.leases().inUse() == 1);
    proxy.fallDeaf();
    assertThat(slow.join()).isGreaterThanOrEqualTo(limit.minusMillis(300));
  }

  /// How long a read waited until it was given up.
  private static Duration waited(
      Class<? extends DatabaseException> failure,
      Duration limit,
      ScopedValue.CallableOp<Long, RuntimeException> read) {
    long began = System.nanoTime();
    assertThatThrownBy(() -> Rig.as(Rig.ACME, limit, read)).isInstanceOf(failure);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /// Asks again and again in one unit of work.
  private boolean count(AtomicInteger answers, AtomicBoolean over) {
    return rig.database()
        .inTransaction(
            sql -> {
              while (!over.get()) {
                long _ = sql.one(FaultTest.COUNT.with(), row -> row.bigint("n"));
                answers.incrementAndGet();
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
              }
              return true;
            });
  }

  private long count() {
    return rig.database().one(FaultTest.COUNT.with(), row -> row.bigint("n"));
  }

  private long slowly() {
    return rig.database().one(DeadlineTest.SLOW.with(), row -> row.bigint("n"));
  }
}
