package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A token bucket for each company, or whatever else has a share: `burst` requests at once,
/// `perSecond` in the long run. Each bucket is one number, the moment at which it would be full
/// again. Thread-safe.
final class RateLimiter<K> {
  private static final long SECOND = 1_000_000_000L;
  private static final int BUCKETS_MAX = 10_000;

  private final Map<K, AtomicLong> buckets = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final long cost;
  private final long capacity;
  private final Header policy;

  RateLimiter(int perSecond, int burst, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.cost = SECOND / perSecond;
    this.capacity = cost * burst;
    long window = Math.max(1, (capacity + SECOND - 1) / SECOND);
    this.policy =
        HeaderValues.createCached(
            AnswerHeaders.RATE_LIMIT_POLICY, "\"company\";q=" + burst + ";w=" + window);
  }

  /// `RateLimit-Policy`.
  Header policy() {
    return policy;
  }

  /// Takes one token; says what is left, or how long to wait for one.
  Verdict take(K key) {
    long now = nanoTime.getAsLong();
    AtomicLong bucket = buckets.get(key);
    if (bucket == null) {
      dropFull(now);
      bucket = buckets.computeIfAbsent(key, id -> new AtomicLong(now));
    }
    while (true) {
      long fullAt = bucket.get();
      long start = fullAt - now < 0 ? now : fullAt;
      long debt = start + cost - now;
      if (debt > capacity) {
        return new Verdict(false, 0, debt - capacity, start - now);
      }
      if (bucket.compareAndSet(fullAt, start + cost)) {
        return new Verdict(true, (capacity - debt) / cost, 0, debt);
      }
    }
  }

  /// How long to wait until [#take] would be allowed; 0 where it would be.
  long waitNanos(K key) {
    AtomicLong bucket = buckets.get(key);
    if (bucket == null) {
      return 0;
    }
    return Math.max(0, bucket.get() + cost - nanoTime.getAsLong() - capacity);
  }

  private void dropFull(long now) {
    if (buckets.size() >= BUCKETS_MAX) {
      buckets.values().removeIf(bucket -> bucket.get() - now <= 0);
    }
  }

  /// The outcome for one request.
  ///
  /// @param left requests that may follow at once
  /// @param waitNanos until the next one is allowed; 0 where this one is
  /// @param fullNanos until the bucket is full again
  record Verdict(boolean allowed, long left, long waitNanos, long fullNanos) {
    /// The value of `RateLimit`.
    String header() {
      return "\"company\";r=" + left + ";t=" + (fullNanos + SECOND - 1) / SECOND;
    }
  }
}
