package showfloor.dealers.customfields;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Text;

/// What the values of a field are.
enum FieldType {
  TEXT,
  NUMBER,
  /// A calendar date.
  DATE,
  BOOLEAN,
  /// One of the field's options.
  CHOICE;

  private static final int DIGITS_MAX = 30;
  private static final int CELL_MAX = 100;

  /// What the API calls them.
  static final List<String> WORDS = Arrays.stream(values()).map(FieldType::word).toList();

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FieldType of(String word) {
    return values()[WORDS.indexOf(word)];
  }

  /// A cell of a table as a value of this type; where it is none, as it was found.
  Object parsed(String cell) {
    return switch (this) {
      case NUMBER -> number(cell);
      case BOOLEAN ->
          cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")
              ? (Object) Boolean.valueOf(cell)
              : cell;
      case TEXT, DATE, CHOICE -> cell;
    };
  }

  /// What a value of a field of this type must be, where it is something else.
  Optional<String> fault(Object value, List<String> options) {
    return switch (this) {
      case TEXT ->
          value instanceof String text && !Text.longerThan(text, Limits.DESCRIPTION.value())
              ? Optional.empty()
              : Optional.of("text of at most %d characters".formatted(Limits.DESCRIPTION.value()));
      case NUMBER ->
          value instanceof BigDecimal number && isShort(number)
              ? Optional.empty()
              : Optional.of("a number of at most %d digits".formatted(DIGITS_MAX));
      case DATE ->
          value instanceof String text && isDate(text)
              ? Optional.empty()
              : Optional.of("a date such as 2026-11-23");
      case BOOLEAN -> value instanceof Boolean ? Optional.empty() : Optional.of("true or false");
      case CHOICE ->
          value instanceof String text && options.contains(text)
              ? Optional.empty()
              : Optional.of("one of its options");
    };
  }

  // Beyond that it is wrong in any case, and what it takes to read it grows with the square.
  private static Object number(String cell) {
    try {
      return cell.length() <= CELL_MAX ? new BigDecimal(cell) : cell;
    } catch (NumberFormatException e) {
      return cell;
    }
  }

  // 1E+1000000 is short as it is written, and a million digits as it is stored.
  private static boolean isShort(BigDecimal number) {
    return number.precision() <= DIGITS_MAX && Math.abs(number.scale()) <= DIGITS_MAX;
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() >= 1;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
