package showfloor.auth.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;

/// What a new password must be: long enough, and none of those that are guessed first. No rules of
/// composition (OWASP ASVS 5.0, 6.2.1 to 6.2.9).
public final class PasswordRules {
  private static final String IS_EMAIL = "PASSWORD_IS_EMAIL";
  private static final String IS_EMAIL_DETAIL = " must not be your e-mail address.";
  private static final Set<String> COMMON = read("common-passwords.txt");

  private PasswordRules() {}

  /// Reads a new password; its faults go to `fields`.
  public static String read(Fields fields, String name) {
    String password = fields.secret(name, Limits.PASSWORD_MIN.value(), Limits.PASSWORD_MAX.value());
    if (isCommon(password)) {
      fields.fault(name, "COMMON_PASSWORD", name + " is one of the most common passwords.");
    }
    return password;
  }

  /// Whether guessing would begin with it: on the list, or one or two characters repeated.
  static boolean isCommon(String password) {
    return COMMON.contains(password.toLowerCase(Locale.ROOT)) || isRepetition(password);
  }

  private static boolean isRepetition(String password) {
    return password.length() >= Limits.PASSWORD_MIN.value()
        && password.codePoints().distinct().count() <= 2;
  }

  /// Whether it is the user's own e-mail address, or what stands before its `@`.
  public static boolean isOwnEmail(String password, String email) {
    String lower = password.toLowerCase(Locale.ROOT).strip();
    String local = email.substring(0, Math.max(0, email.indexOf('@')));
    // A password that could not be read is empty: its own fault is reported already.
    return !lower.isEmpty() && (lower.equals(email) || lower.equals(local));
  }

  /// Reports such a password as a fault of the member `name`.
  public static void reportOwnEmail(Fields fields, String name) {
    fields.fault(name, IS_EMAIL, name + IS_EMAIL_DETAIL);
  }

  /// The same as a problem of its own.
  public static Problem ownEmail(String name) {
    return Problem.invalid("/" + name, IS_EMAIL, name + IS_EMAIL_DETAIL);
  }

  private static Set<String> read(String resource) {
    try (InputStream in = PasswordRules.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
