package showfloor.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord1",
        "12345678",
        "qwertyuiop",
        "letmein123",
        "aaaaaaaa",
        "abababababab",
        "        ",
        "iloveyou"
      })
  void refusesWhatIsGuessedFirst(String password) {
    assertThat(PasswordRules.isCommon(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "staple the violet door",
        "kq8!vTz2",
        "\u65e5\u672c\u8a9e\u306e\u5408\u8a00\u8449\u3067\u3059"
      })
  void asksForNoComposition(String password) {
    assertThat(PasswordRules.isCommon(password)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jo.rivera@acme.example", "Jo.Rivera@ACME.example", "jo.rivera"})
  void seesTheOwnEmailAddressInAPassword(String password) {
    assertThat(PasswordRules.isOwnEmail(password, "jo.rivera@acme.example")).isTrue();
    assertThat(PasswordRules.isOwnEmail(password, "kim@acme.example")).isFalse();
  }
}
