package showfloor.httpapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallGuardTest {
  private static final int STARTS = 200;

  @Test
  void itWatchesFromTheMomentOfItsStart() throws InterruptedException {
    for (int i = 0; i < STARTS; i++) {
      StallGuard guard = new StallGuard(Duration.ofMillis(4));
      guard.start();
      CountDownLatch never = new CountDownLatch(1);
      StallGuard.Wait wait = guard.begin();
      boolean cut = false;
      try {
        never.await(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        cut = true;
      }
      wait.end();
      guard.stop();
      assertThat(cut).as("start %d", i).isTrue();
    }
  }

  @Test
  void itsInterruptDoesNotOutliveTheWait() {
    StallGuard guard = new StallGuard(Duration.ofMillis(4));
    guard.start();
    StallGuard.Wait wait = guard.begin();
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(wait.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    guard.stop();
  }
}
