package showfloor.dbapi;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Ids in order of their making: version 7 of RFC 9562, section 5.7.
///
/// Thread-safe. Ids of one process strictly increase (method 1 of section 6.2: a 12-bit counter
/// behind the millisecond, which borrows from the future when it overflows).
public final class UuidV7 {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong TICKS = new AtomicLong();

  private UuidV7() {}

  /// A new id.
  public static UUID next() {
    long now = System.currentTimeMillis() << 12;
    long tick = TICKS.updateAndGet(last -> Math.max(last + 1, now));
    long high = (tick >>> 12 << 16) | 0x7000 | (tick & 0xfff);
    long low = (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
