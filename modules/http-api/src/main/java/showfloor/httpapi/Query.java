package showfloor.httpapi;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.internal.PercentText;

/// The query parameters of a request.
///
/// A bad value is a problem 400 that names the range or the words allowed. A parameter that is
/// given twice is refused; one that no getter asks for is not looked at. Immutable.
public final class Query {
  private static final int PARAMETERS_MAX = 100;
  private static final Query NONE = new Query(Map.of());

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /// Reads what follows the `?`, undecoded. Bad escapes, bytes that are not UTF-8, NUL and repeated
  /// names are a problem 400.
  public static Query parse(String raw) {
    if (raw.isEmpty()) {
      return NONE;
    }
    Map<String, String> values = new HashMap<>();
    for (int start = 0; start <= raw.length(); ) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      if (end > start) {
        int sign = raw.indexOf('=', start);
        sign = sign < 0 || sign > end ? end : sign;
        String name = decode(raw, start, sign);
        if (values.size() == PARAMETERS_MAX) {
          throw Problem.badRequest("The query has more than %d parameters.".formatted(100));
        }
        if (values.put(name, decode(raw, Math.min(sign + 1, end), end)) != null) {
          String shown = Text.quotable(name);
          throw fault(shown, "REPEATED", shown + " is given twice.");
        }
      }
      start = end + 1;
    }
    return new Query(values);
  }

  /// Whether one of the parameters is given, be it blank.
  public boolean hasAny(String... names) {
    return Arrays.stream(names).anyMatch(values::containsKey);
  }

  /// The text, or `ifAbsent` for an absent or blank one. At most as long as a search.
  public String text(String name, String ifAbsent) {
    return text(name, Limits.SEARCH).orElse(ifAbsent);
  }

  /// The text, trimmed; empty for an absent or blank one.
  public Optional<String> text(String name, Limits max) {
    String text = values.get(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    String trimmed = text.strip();
    if (Text.longerThan(trimmed, max.value())) {
      throw fault(name, "TOO_LONG", "%s has more than %d characters.".formatted(name, max.value()));
    }
    return Optional.of(trimmed);
  }

  public Optional<Integer> integer(String name, int min, int max) {
    FieldErrors faults = new FieldErrors();
    Optional<Integer> value = integer(name, min, max, faults);
    faults.refuse();
    return value;
  }

  /// `true` or `false`.
  public boolean bool(String name, boolean ifAbsent) {
    String text = values.get(name);
    if (text == null) {
      return ifAbsent;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw fault(name, "WRONG_TYPE", name + " must be true or false.");
    };
  }

  /// One of the words in `allowed`; empty for an absent or blank one.
  public Optional<String> oneOf(String name, List<String> allowed) {
    String text = values.get(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    if (!allowed.contains(text)) {
      throw fault(
          name, "NOT_ALLOWED", "%s must be one of %s.".formatted(name, String.join(", ", allowed)));
    }
    return Optional.of(text);
  }

  /// A moment with its offset: `2026-11-23T10:15:30.123Z`; empty for an absent or blank one.
  public Optional<Instant> instant(String name) {
    String text = values.get(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    // An unescaped + of an offset arrives as a blank.
    Instant instant = Moments.instant(text.replace(' ', '+'));
    if (instant == null) {
      throw fault(name, "INVALID_INSTANT", name + Moments.MUST_BE_A_MOMENT);
    }
    return Optional.of(instant);
  }

  /// An id; empty for an absent or blank one.
  public Optional<UUID> id(String name) {
    String text = values.get(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Ids.parse(text).orElseThrow(() -> fault(name, "INVALID_ID", name + " must be an id.")));
  }

  /// The parameters `page`, `limit` and `cursor`.
  public PageRequest page() {
    FieldErrors faults = new FieldErrors();
    Optional<Integer> page = integer("page", 1, PageRequest.PAGE_LAST, faults);
    Optional<Integer> limit = integer("limit", 1, Limits.PAGE_MAX.value(), faults);
    Optional<String> cursor = Optional.ofNullable(values.get("cursor")).filter(c -> !c.isEmpty());
    if (cursor.isPresent() && page.isPresent()) {
      faults.add("?page", "NOT_ALLOWED", "Give page or cursor, not both.");
    }
    faults.refuse();
    return new PageRequest(page.orElse(1), limit.orElse(Limits.PAGE_DEFAULT.value()), cursor);
  }

  private Optional<Integer> integer(String name, int min, int max, FieldErrors faults) {
    String text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Integer value = wholeNumber(text);
    if (value == null || value < min || value > max) {
      String detail = "%s must be a whole number from %d to %d.".formatted(name, min, max);
      faults.add("?" + name, "OUT_OF_RANGE", detail);
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static @Nullable Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Problem fault(String name, String code, String detail) {
    return Problem.invalid("?" + name, code, detail);
  }

  private static String decode(String raw, int from, int to) {
    return PercentText.decode(raw.substring(from, to), true)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "The query holds a % without two hex digits behind it, a NUL, or what is not"
                        + " UTF-8."));
  }
}
