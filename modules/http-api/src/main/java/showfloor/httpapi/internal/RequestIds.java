package showfloor.httpapi.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import showfloor.httpapi.Limits;

/// Ids that join a request's answer, log, lease and database session.
final class RequestIds {
  private static final int RADIX = 36;
  private static final String PROCESS =
      Long.toString(ThreadLocalRandom.current().nextLong(1L << 35, 1L << 40), RADIX);
  private static final AtomicLong COUNT = new AtomicLong();

  private RequestIds() {}

  /// A new one of at most 20 characters, unlike those of other processes.
  static String next() {
    return PROCESS + "-" + Long.toString(COUNT.incrementAndGet(), RADIX);
  }

  /// Whether an id of a client may go into logs and SQL comments: 1 to 64 of `A-Za-z0-9._-`.
  static boolean safe(String id) {
    if (id.isEmpty() || id.length() > Limits.REQUEST_ID.value()) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
