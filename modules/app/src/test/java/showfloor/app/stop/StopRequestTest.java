package showfloor.app.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopRequestTest {
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final List<Integer> halted = new ArrayList<>();
  private final StopRequest stop = new StopRequest(now::get, halted::add);

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
  void aFatalErrorIsAFailure() {
    stop.ask("a fatal error", true);
    assertThat(stop.reason()).hasValueSatisfying(reason -> assertThat(reason.failure()).isTrue());
  }

  @Test
  void nobodyHasAskedYet() {
    assertThat(stop.reason()).isEmpty();
  }
}
