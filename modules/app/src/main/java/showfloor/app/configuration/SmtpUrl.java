package showfloor.app.configuration;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import showfloor.mail.Delivery;

/// A mail server as one line: `smtps://user:password@host:465`, `smtp://host`.
final class SmtpUrl {
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(smtps?)://(?:([^:@/?#]+):([^:@/?#]+)@)?(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(?::([0-9]{1,5}))?/?"
              + "(?:\\?starttls=(required|off))?");

  private SmtpUrl() {}

  /// `IllegalArgumentException` says what is wrong, without the password.
  static Delivery.Server parse(String url) {
    Matcher match = URL.matcher(url);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "it must look like smtp://user:password@host:587 or smtps://host, with special characters"
              + " of the password percent-encoded; ?starttls=off for a relay without TLS");
    }
    boolean tls = match.group(1).equalsIgnoreCase("smtps");
    Optional<Delivery.Login> login =
        Optional.ofNullable(match.group(2))
            .map(user -> new Delivery.Login(decoded(user), decoded(match.group(3))));
    Optional<String> startTls = Optional.ofNullable(match.group(6));
    if (tls && startTls.isPresent()) {
      throw new IllegalArgumentException("smtps begins with TLS: leave starttls out");
    }
    return new Delivery.Server(
        match.group(4).replaceAll("[\\[\\]]", ""),
        port(Optional.ofNullable(match.group(5)), tls, login.isPresent()),
        tls ? Delivery.Tls.AT_ONCE : startTls(startTls, login.isPresent()),
        login);
  }

  private static int port(Optional<String> given, boolean tls, boolean login) {
    int port = given.map(Integer::parseInt).orElse(tls ? 465 : login ? 587 : 25);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("its port must be 1 to 65535");
    }
    return port;
  }

  /// A password travels encrypted, where nobody says that it need not.
  private static Delivery.Tls startTls(Optional<String> given, boolean login) {
    return given
        .map(word -> word.equalsIgnoreCase("off") ? Delivery.Tls.NONE : Delivery.Tls.REQUIRED)
        .orElse(login ? Delivery.Tls.REQUIRED : Delivery.Tls.OFFERED);
  }

  /// A plus is a plus.
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
