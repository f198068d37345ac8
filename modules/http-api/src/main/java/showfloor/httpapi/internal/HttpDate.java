package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The header `Date`, made once a second. The server's own is in the zone of the machine, and RFC
/// 9110, section 5.6.7, wants GMT.
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static volatile Second current = Second.of(0);

  private HttpDate() {}

  static Header now() {
    long second = System.currentTimeMillis() / 1000;
    Second known = current;
    if (known.second != second) {
      known = Second.of(second);
      current = known;
    }
    return known.header;
  }

  private record Second(long second, Header header) {
    private static Second of(long second) {
      String text = FORMAT.format(Instant.ofEpochSecond(second));
      return new Second(second, HeaderValues.createCached(HeaderNames.DATE, text));
    }
  }
}
