package showfloor.auth.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthSettings.Throttling;
import showfloor.httpapi.identity.Network;

class AddressThrottleTest {
  private static final Network OFFICE = new Network("192.0.2.1");
  private static final Network HOME = new Network("198.51.100.7");

  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final AddressThrottle throttle =
      new AddressThrottle(
          new Throttling(5, 50, Duration.ofMinutes(15), 3, Duration.ofSeconds(2)), () -> now);

  @Test
  void grantsABurstAndThenOneTryPerInterval() {
    takeAll(OFFICE);

    assertThat(throttle.take(OFFICE)).contains(Duration.ofSeconds(2));
    now = now.plusMillis(1_500);
    assertThat(throttle.take(OFFICE)).contains(Duration.ofMillis(500));
    now = now.plusMillis(500);
    assertThat(throttle.take(OFFICE)).isEmpty();
    assertThat(throttle.take(OFFICE)).contains(Duration.ofSeconds(2));
  }

  @Test
  void doesNotLetOneNetworkHoldUpAnother() {
    takeAll(OFFICE);

    assertThat(throttle.take(OFFICE)).isPresent();
    assertThat(throttle.take(HOME)).isEmpty();
  }

  @Test
  void givesATryThatSucceededBack() {
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.take(OFFICE)).isEmpty();
      throttle.giveBack(OFFICE);
    }
  }

  @Test
  void neverHoldsMoreThanItsBurst() {
    throttle.giveBack(OFFICE);
    now = now.plus(Duration.ofDays(365));
    takeAll(OFFICE);

    assertThat(throttle.take(OFFICE)).isPresent();
  }

  @Test
  void lockOutsDoNotOutliveAClockThatIsSetBack() {
    takeAll(OFFICE);
    now = now.minus(Duration.ofHours(1));

    assertThat(throttle.take(OFFICE)).isEmpty();
  }

  @Test
  void remembersABoundedNumberOfNetworks() {
    takeAll(OFFICE);
    for (int i = 0; i < 10_000; i++) {
      throttle.take(new Network("network " + i));
    }

    assertThat(throttle.take(OFFICE)).isEmpty();
  }

  private void takeAll(Network network) {
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.take(network)).isEmpty();
    }
  }
}
