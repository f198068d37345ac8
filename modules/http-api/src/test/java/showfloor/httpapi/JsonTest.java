package showfloor.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:15:30Z, 2026-11-23T10:15:30.000Z",
    "2026-01-02T03:04:05.9999Z, 2026-01-02T03:04:05.999Z",
    "0999-12-31T23:59:59.001Z, 0999-12-31T23:59:59.001Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500Z"
  })
  void instantsHaveExactlyThreeDigitsOfASecond(Instant instant, String text) {
    assertThat(Json.instant(instant)).isEqualTo(text);
  }
}
