package showfloor.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.app.health.DatabaseSigns.Sign;

class HealthTest {

  @ParameterizedTest
  @CsvSource({
    "+, true",
    "-, true",
    "--, true",
    "---, false",
    "--+--, true",
    "---+, false",
    "---++, true",
    "---+-+, false",
    "---+-++, true",
    "------, false"
  })
  void aVerdictDoesNotFlap(String observations, boolean good) {
    Hysteresis verdict = Hysteresis.startingGood();
    for (int i = 0; i < observations.length(); i++) {
      verdict = verdict.observe(observations.charAt(i) == '+');
    }
    assertThat(verdict.good()).isEqualTo(good);
  }

  @Test
  void readinessFollowsTheDatabaseAndEndsWithTheStop() {
    Health health = new Health();
    assertThat(health.started()).isFalse();
    assertThat(health.ready()).isEqualTo(new Health.Verdict(false, "starting"));

    AtomicReference<Sign> sign = new AtomicReference<>(Sign.GOOD);
    health.watch(sign::get, Duration.ofMillis(1));
    assertThat(health.started()).isTrue();
    assertThat(health.ready()).isEqualTo(new Health.Verdict(true, "ok"));

    sign.set(Sign.BAD);
    await(() -> !health.ready().ready());
    assertThat(health.ready().reason()).isEqualTo("the database does not answer");
    sign.set(Sign.NONE);
    assertThat(health.ready().ready()).as("no sign changes nothing").isFalse();
    sign.set(Sign.GOOD);
    await(() -> health.ready().ready());

    health.stopping();
    assertThat(health.ready()).isEqualTo(new Health.Verdict(false, "stopping"));
    assertThat(health.started()).isTrue();
  }

  @Test
  void aWatchThatFailsGoesOn() {
    AtomicInteger looks = new AtomicInteger();
    Health health = new Health();
    health.watch(
        () -> {
          if (looks.incrementAndGet() < 5) {
            throw new IllegalStateException("a fault of the watch");
          }
          return Sign.GOOD;
        },
        Duration.ofMillis(1));
    await(() -> looks.get() > 8);
    assertThat(health.ready().ready()).isTrue();
    health.stopping();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
