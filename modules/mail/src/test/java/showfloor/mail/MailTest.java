package showfloor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann@example.com\r\nBcc: eve@example.com",
        "ann@example.com\nX: y",
        "ann@example.com,eve@example.com",
        "ann@example.com;eve@example.com",
        "Ann <ann@example.com>",
        "ann@example.com eve@example.com",
        "ann@example.com(comment)",
        "\"ann\"@example.com",
        "ann@example.com\u0000",
        "ann@example.com\u0085Bcc: eve@example.com",
        "ann@example.com\u2028Bcc: eve@example.com"
      })
  void whatIsNotOneAddressIsRefused(String to) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Mail(to, "Hello", "text", "html"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a\r\nBcc: eve@example.com", "a\nb", "a\rb", "a\u0000", "a\u0085b"})
  void aSubjectIsOneLine(String subject) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mail("ann@example.com", subject, "text", "html"));
  }

  @Test
  void itsAddressIsNotInItsWords() {
    assertThat(new Mail("ann@example.com", "Hello", "text", "html")).hasToString("Mail[Hello]");
    assertThat(new Delivery.Login("ann", "secret")).hasToString("Login[ann]");
  }
}
