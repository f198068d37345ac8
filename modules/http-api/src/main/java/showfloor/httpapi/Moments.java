package showfloor.httpapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Dates and moments as clients write them (RFC 3339), years 1 to 9999.
final class Moments {
  static final String MUST_BE_A_MOMENT = " must be a moment such as 2026-11-23T10:15:30.123Z.";

  private static final int YEAR_MAX = 9999;
  private static final int DATE_LENGTH = 10;

  private Moments() {}

  /// A calendar date `2026-11-23`, or that of a moment where it was written: clients of the
  /// reference send midnights. Null for any other text.
  static @Nullable LocalDate date(String text) {
    try {
      LocalDate date =
          text.length() == DATE_LENGTH
              ? LocalDate.parse(text)
              : OffsetDateTime.parse(text).toLocalDate();
      return isUsual(date.getYear()) ? date : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// A moment with its offset; null for any other text.
  static @Nullable Instant instant(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return isUsual(time.getYear()) ? time.toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean isUsual(int year) {
    return year >= 1 && year <= YEAR_MAX;
  }
}
