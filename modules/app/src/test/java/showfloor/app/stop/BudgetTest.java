package showfloor.app.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.app.configuration.Settings;

class BudgetTest {

  @ParameterizedTest
  @CsvSource({"3, 30, 17, 5", "0, 5, 2500, 1250", "60, 120, 50, 5", "2, 6, 2, 1"})
  void theStepsAreTheWhole(long announce, long budget, long drain, long step) {
    Budget parts =
        Budget.of(new Settings.Stop(Duration.ofSeconds(announce), Duration.ofSeconds(budget)));
    assertThat(parts.total()).isEqualTo(Duration.ofSeconds(budget));
    assertThat(parts.announce()).isEqualTo(Duration.ofSeconds(announce));
    assertThat(parts.drain()).isEqualTo(amount(drain));
    assertThat(parts.database()).isEqualTo(amount(step)).isEqualTo(parts.postgres());
  }

  private static Duration amount(long number) {
    return number > 1_000 ? Duration.ofMillis(number) : Duration.ofSeconds(number);
  }
}
