package showfloor.app.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.app.configuration.Settings;

class BudgetTest {

  @ParameterizedTest
  @CsvSource({
    "3000, 30000, 15000, 5000, 1000",
    "0, 5000, 1800, 1000, 200",
    "60000, 120000, 48000, 5000, 1000",
    "2000, 6000, 1350, 750, 150"
  })
  void theStepsAreTheWhole(long announce, long budget, long drain, long step, long interrupt) {
    Budget parts =
        Budget.of(new Settings.Stop(Duration.ofMillis(announce), Duration.ofMillis(budget)));
    assertThat(parts.total()).isEqualTo(Duration.ofMillis(budget));
    assertThat(parts.announce()).isEqualTo(Duration.ofMillis(announce));
    assertThat(parts.drain()).isEqualTo(Duration.ofMillis(drain));
    assertThat(parts.database()).isEqualTo(Duration.ofMillis(step)).isEqualTo(parts.postgres());
    assertThat(parts.interrupt()).isEqualTo(Duration.ofMillis(interrupt));
    assertThat(parts.grace()).isEqualTo(Duration.ofMillis(drain + step));
  }

  @Test
  void aHurryLeavesOutTheAnnouncementAndMostOfTheDrain() {
    Budget usual = Budget.of(new Settings.Stop(Duration.ofSeconds(3), Duration.ofSeconds(30)));
    Budget hurried = usual.inHurry();
    assertThat(hurried.announce()).isZero();
    assertThat(hurried.drain()).isEqualTo(Duration.ofSeconds(1));
    assertThat(hurried.database()).isGreaterThan(usual.database());
    assertThat(hurried.total()).isEqualTo(usual.total());
  }
}
