package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  @Test
  void aLookThatFailsDoesNotEndTheWatch() throws Exception {
    CountDownLatch looks = new CountDownLatch(3);
    Consumer<String> check =
        lease -> {
          if (lease.equals("broken")) {
            throw new OutOfMemoryError("seeded");
          }
          looks.countDown();
        };
    try (var watchdog = new Watchdog<>(List.of("broken", "late"), List.of(check))) {
      assertThat(watchdog).isNotNull();
      assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void holderAndWatchdogAtOnceGiveThePermitBackOnce() {
    try (Rig rig = Rig.open()) {
      for (int i = 0; i < 60; i++) {
        Thread watch = Thread.ofPlatform().unstarted(rig.leases()::reclaimAll);
        rig.leases()
            .lease(
                Rig.operation(Duration.ofSeconds(10)),
                lease -> {
                  watch.start();
                  return 1;
                });
        Rig.await(() -> !watch.isAlive());
      }
      rig.assertWhole();
    }
  }
}
