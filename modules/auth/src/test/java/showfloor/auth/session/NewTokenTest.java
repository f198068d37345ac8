package showfloor.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewTokenTest {

  @Test
  void isNeverTheSameTwice() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(NewToken.make().text())).isTrue();
    }
  }

  @Test
  void hasTheShapeThatIsAskedFor() {
    assertThat(NewToken.isShaped(NewToken.make().text())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "x y", "' or 1=1 --", "\u0000"})
  void refusesWhatCannotBeAToken(String text) {
    assertThat(NewToken.isShaped(text)).isFalse();
  }

  @Test
  void keepsItsTextOutOfLogs() {
    NewToken token = NewToken.make();

    assertThat(token.toString()).doesNotContain(token.text());
  }
}
