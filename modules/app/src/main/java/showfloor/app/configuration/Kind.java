package showfloor.app.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the text of a setting may be, and how it becomes a value.
///
/// @param allowed completes the sentence "must be …"
/// @param parse throws `IllegalArgumentException` for anything that is not allowed
record Kind<T>(String allowed, Function<String, T> parse) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,15})\\s*([kmg]?)i?b?");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,200}");
  private static final Pattern PREFIX = Pattern.compile("/\\d{1,3}");

  static Kind<Integer> integer(int min, int max) {
    return new Kind<>(
        "a whole number from " + min + " to " + max,
        text -> (int) within(Integer.parseInt(text), min, max));
  }

  /// Port 0 asks the operating system for any free one.
  static Kind<Integer> port() {
    return integer(0, 65_535);
  }

  static Kind<Duration> duration(Duration min, Duration max) {
    return new Kind<>(
        "a number with its unit ms, s or m, from " + written(min) + " to " + written(max),
        text -> {
          Matcher match = matching(DURATION, text);
          ChronoUnit unit =
              switch (match.group(2)) {
                case "ms" -> ChronoUnit.MILLIS;
                case "s" -> ChronoUnit.SECONDS;
                default -> ChronoUnit.MINUTES;
              };
          Duration duration = Duration.of(Long.parseLong(match.group(1)), unit);
          within(duration.toMillis(), min.toMillis(), max.toMillis());
          return duration;
        });
  }

  static Kind<Long> bytes(long min, long max) {
    return new Kind<>(
        "a number of bytes, or of KB, MB or GB (1024 each), from " + min + " to " + max + " bytes",
        text -> {
          Matcher match = matching(BYTES, text.toLowerCase(Locale.ROOT));
          int shift = 10 * " kmg".indexOf(match.group(2).isEmpty() ? " " : match.group(2));
          return within(Math.multiplyExact(Long.parseLong(match.group(1)), 1L << shift), min, max);
        });
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> values) {
    List<String> names =
        Arrays.stream(values.getEnumConstants())
            .map(v -> v.name().toLowerCase(Locale.ROOT))
            .toList();
    return new Kind<>(
        "one of " + String.join(", ", names),
        text -> Enum.valueOf(values, text.toUpperCase(Locale.ROOT)));
  }

  static Kind<String> host() {
    return new Kind<>(
        "an IP address or a host name",
        text -> {
          if (text.indexOf(':') >= 0) {
            InetAddress.ofLiteral(text);
          } else {
            matching(HOST, text);
          }
          return text;
        });
  }

  static Kind<Path> path() {
    return new Kind<>(
        "a path",
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  /// Any text that is not blank; its owner checks the rest.
  static Kind<String> text() {
    return new Kind<>("a text", Function.identity());
  }

  /// A secret that travels in a header.
  static Kind<String> token() {
    return new Kind<>(
        "16 to 200 visible ASCII characters without a space",
        text -> {
          matching(TOKEN, text);
          return text;
        });
  }

  /// Several of them, each of which may be in use.
  static Kind<List<String>> tokens() {
    return list(
        "secrets of 16 to 200 visible ASCII characters each",
        text -> {
          matching(TOKEN, text);
          return text;
        });
  }

  static Kind<List<String>> networks() {
    return list("IP addresses or networks such as 10.0.0.0/8", Kind::network);
  }

  static Kind<List<String>> origins() {
    return list("origins such as https://app.example.com", Kind::origin);
  }

  private static Kind<List<String>> list(String what, Function<String, String> element) {
    return new Kind<>(
        "a list, separated by commas, of " + what,
        text ->
            text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).map(element).toList());
  }

  private static String network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    if (slash >= 0) {
      matching(PREFIX, text.substring(slash));
      within(Integer.parseInt(text.substring(slash + 1)), 0, address.getAddress().length * 8L);
    }
    return text;
  }

  private static String origin(String text) {
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web
        || uri.getHost() == null
        || !(uri.getScheme() + "://" + uri.getRawAuthority()).equals(uri.toString())
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(text);
    }
    return uri.toString();
  }

  private static Matcher matching(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    return match;
  }

  private static long within(long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(Long.toString(value));
    }
    return value;
  }

  private static String written(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
