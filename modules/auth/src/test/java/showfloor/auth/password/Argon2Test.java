package showfloor.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.auth.password.Argon2.Cost;

class Argon2Test {
  private static final Cost CHEAP = new Cost(8, 1);
  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Published with the reference implementation of argon2.
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void agreesWithTheReferenceImplementation(String phc) {
    assertThat(Argon2.matches("password", phc)).isTrue();
    assertThat(Argon2.matches("Password", phc)).isFalse();
  }

  @Test
  void keepsItsParametersInTheString() {
    String phc = Argon2.hash("correct horse", new Cost(16, 3), SALT);

    assertThat(phc).startsWith("$argon2id$v=19$m=16,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$");
    assertThat(Argon2.costOf(phc)).isEqualTo(new Cost(16, 3));
    assertThat(Argon2.matches("correct horse", phc)).isTrue();
  }

  @Test
  void hashesAPasswordToItsLastCharacter() {
    String phc = Argon2.hash("x".repeat(127) + "a", CHEAP, SALT);

    assertThat(Argon2.matches("x".repeat(127) + "b", phc)).isFalse();
    assertThat(Argon2.matches("x".repeat(127), phc)).isFalse();
    assertThat(Argon2.matches("x".repeat(127) + "a", phc)).isTrue();
  }

  @Test
  void takesAComposedAndADecomposedLetterForTheSame() {
    String phc = Argon2.hash("caf\u00e9 au lait", CHEAP, SALT);

    assertThat(Argon2.matches("cafe\u0301 au lait", phc)).isTrue();
    assertThat(Argon2.matches("cafe au lait", phc)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$2b$10$abcdefghijklmnopqrstuv",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=9$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi"
      })
  void refusesAStoredStringThatIsNotItsOwn(String phc) {
    assertThatThrownBy(() -> Argon2.matches("password", phc))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("c29tZXNhbHQ");
  }
}
