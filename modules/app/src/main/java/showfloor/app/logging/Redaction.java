package showfloor.app.logging;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// Makes a text safe for the log: no secret in it, and nothing that could forge a line or steer a
/// terminal. The second line of defence: nobody is meant to log a secret in the first place.
///
/// Immutable.
final class Redaction {
  private static final String HIDDEN = "***";

  /// A shorter secret would hide half of every line.
  private static final int SHORTEST_SECRET = 4;

  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile("(?i)((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}"),
          Pattern.compile("(\\b(?:jdbc:)?postgres(?:ql)?://[^\\s:/@]*:)[^\\s@]+(?=@)"),
          Pattern.compile(
              "(?i)(\\b(?:password|passwd|secret|token|api[_-]?key|authorization)"
                  + "[\"']?\\s*[:=]\\s*[\"']?)(?!bearer|basic)[^\\s\"'&,;}]+"),
          Pattern.compile("(\\bsfk_)[A-Za-z0-9_-]+"));

  /// C0, DEL, C1, line and paragraph separators, direction overrides, half of a pair.
  private static final Pattern DANGEROUS =
      Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\\p{Cs}]");

  private final List<String> secrets;

  /// @param secrets texts that never appear, such as the password of the database
  Redaction(Collection<String> secrets) {
    this.secrets = secrets.stream().filter(s -> s.length() >= SHORTEST_SECRET).toList();
  }

  /// The text on one line, without secrets.
  String clean(String text) {
    String cleaned = text;
    for (String secret : secrets) {
      cleaned = cleaned.replace(secret, HIDDEN);
    }
    for (Pattern shape : SHAPES) {
      cleaned = shape.matcher(cleaned).replaceAll("$1" + HIDDEN);
    }
    return DANGEROUS
        .matcher(cleaned)
        .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
  }
}
