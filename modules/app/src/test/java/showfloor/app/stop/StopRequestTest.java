package showfloor.app.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopRequestTest {
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final List<Integer> halted = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final StopRequest stop = new StopRequest(now::get, this::halt);

  private void halt(int exitCode) {
    halted.add(exitCode);
    end.countDown();
  }

  private void later(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void theFirstWishCounts() throws InterruptedException {
    stop.signalled("SIGTERM", 15);
    stop.ask("something else", true);
    assertThat(stop.await().text()).isEqualTo("SIGTERM");
    assertThat(stop.await().failure()).isFalse();
    assertThat(halted).isEmpty();
  }

  @Test
  void aSignalThatIsSentTwiceAtOnceIsOneWish() {
    stop.signalled("SIGINT", 2);
    later(Duration.ofMillis(1_999));
    stop.signalled("SIGINT", 2);
    assertThat(halted).isEmpty();
  }

  @Test
  void aSecondSignalAfterTwoSecondsEndsTheProcess() {
    stop.signalled("SIGTERM", 15);
    later(Duration.ofSeconds(2));
    stop.signalled("SIGINT", 2);
    assertThat(halted).containsExactly(130);
  }

  @Test
  void aLackOfMemoryThatNobodyCaughtIsAFailure() {
    stop.uncaught(Thread.currentThread(), new OutOfMemoryError("seeded"));
    assertThat(stop.reason()).hasValueSatisfying(reason -> assertThat(reason.failure()).isTrue());
  }

  @Test
  void whatEndsOneThreadOnlyIsNone() {
    stop.uncaught(Thread.currentThread(), new StackOverflowError("seeded"));
    stop.uncaught(Thread.currentThread(), new IllegalStateException("seeded"));
    assertThat(stop.reason()).isEmpty();
  }

  @Test
  void aStopThatOutlastsItsLimitIsCutShort() throws InterruptedException {
    stop.limitTo(Duration.ofMillis(1), 2);
    assertThat(halted).isEmpty();
    stop.ask("SIGTERM", false);
    assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(halted).containsExactly(2);
  }

  @Test
  void whatIsMeanwhileToBeDoneIsDoneOnlyWhileItIsOpen() throws InterruptedException {
    CountDownLatch late = new CountDownLatch(1);
    stop.meanwhile(late::countDown).close();
    CountDownLatch done = new CountDownLatch(1);
    try (var _ = stop.meanwhile(done::countDown)) {
      stop.ask("SIGTERM", false);
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(late.await(50, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void nobodyHasAskedYet() {
    assertThat(stop.reason()).isEmpty();
  }
}
