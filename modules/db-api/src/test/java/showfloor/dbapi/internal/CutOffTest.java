package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Rig rig = Rig.through(proxy, 2);

  @AfterEach
  void close() throws Exception {
    rig.pool().close(Duration.ofMillis(100));
    proxy.close();
  }

  @Test
  void whoeverWaitsForAServerThatIsCutOffIsEnded() throws Exception {
    proxy.fallSilent();
    proxy.fallDeaf();
    assertThat(waited(this::count)).isBetween(Duration.ofSeconds(4), Duration.ofMillis(5_500));
    Rig.await(() -> rig.leases().freePermits() == 2);
    assertThat(rig.pool().facts().totals().destroyed()).isEqualTo(1);
  }

  @Test
  void aServerThatStandsStillTakesConnections() {
    proxy.fallSilent();
    assertThat(waited(this::count)).isGreaterThanOrEqualTo(LIMIT);
  }

  @Test
  void aServerThatAnswersOthersIsThere() throws Exception {
    CompletableFuture<Duration> slow =
        CompletableFuture.supplyAsync(() -> waited(this::slowly), EACH);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                long _ = Rig.as(Rig.ACME, this::count);
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
              }
            },
            EACH);
    Rig.await(() -> rig.leases().open() == 2);
    assertThat(rig.leases().open()).isEqualTo(2);
    proxy.fallDeaf();
    assertThat(slow.join()).isGreaterThanOrEqualTo(LIMIT.minusMillis(300));
    over.set(true);
    others.join();
  }

  /// After a pause of the whole process each answer seems to be long overdue.
  @Test
  void whoeverWasFrozenHimselfAsksFirst() {
    Set<Lease> books = ConcurrentHashMap.newKeySet();
    Gate gate = new Gate(1, LIMIT, new Report(() -> 1, books, Set.of()));
    CutOff frozen =
        new CutOff(books, new WayBack(rig.leases().physical(), gate, books, new ModuleBooks()));
    proxy.fallSilent();
    CompletableFuture<Duration> waiting =
        CompletableFuture.supplyAsync(() -> waited(this::count), EACH);
    LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
    Lease lease = rig.leases().held().getFirst();
    books.add(lease);
    frozen.check(lease);
    assertThat(lease.isLate()).isFalse();
    assertThat(waiting.join()).isGreaterThanOrEqualTo(LIMIT);
  }

  /// How long a read waited until it was given up.
  private static Duration waited(ScopedValue.CallableOp<Long, RuntimeException> read) {
    long began = System.nanoTime();
    assertThatThrownBy(() -> Rig.as(Rig.ACME, LIMIT, read))
        .isInstanceOf(DatabaseException.TimedOut.class);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private long count() {
    return rig.database().one(FaultTest.COUNT.with(), row -> row.bigint("n"));
  }

  private long slowly() {
    return rig.database().one(DeadlineTest.SLOW.with(), row -> row.bigint("n"));
  }
}
