package showfloor.httpapi.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Problem;
import showfloor.httpapi.RouteClass;

/// When a request must have ended.
final class Deadlines {
  private static final int DIGITS_MAX = 9;

  private Deadlines() {}

  /// The moment, as `System.nanoTime()`: that of the class, or earlier where `Request-Timeout` asks
  /// for it.
  static long of(Exchange exchange, RouteClass routeClass) {
    Duration limit = routeClass.deadline();
    if (exchange.headers().contains(AnswerHeaders.REQUEST_TIMEOUT)) {
      Duration asked = asked(exchange.headers().get(AnswerHeaders.REQUEST_TIMEOUT).get());
      if (asked == null) {
        throw Problem.badRequest(
            "Request-Timeout must be a whole number of milliseconds from 1 to 999999999.");
      }
      limit = asked.compareTo(limit) < 0 ? asked : limit;
    }
    return exchange.started() + limit.toNanos();
  }

  private static @Nullable Duration asked(String text) {
    if (text.isEmpty() || text.length() > DIGITS_MAX) {
      return null;
    }
    long millis = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      millis = millis * 10 + digit;
    }
    return millis == 0 ? null : Duration.ofMillis(millis);
  }
}
