package showfloor.dealers.profile;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Remembers how many dealers a filter has, where counting them again costs more than a page:
/// beyond [#CHEAP], for five seconds. Thread-safe.
final class Totals {
  /// Up to here a count is cheap and always exact.
  static final int CHEAP = 10_000;

  private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int FILTERS_MAX = 1_000;

  private final Map<DealerFilter, Kept> kept = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  Totals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Kept(long total, long since) {}

  /// The total of `filter`: a remembered one, or what `count` says.
  long of(DealerFilter filter, LongSupplier count) {
    Kept last = kept.get(filter);
    if (last != null && fresh(last)) {
      return last.total();
    }
    long since = nanoTime.getAsLong();
    long total = count.getAsLong();
    if (total > CHEAP) {
      makeRoom();
      kept.put(filter, new Kept(total, since));
    } else {
      kept.remove(filter);
    }
    return total;
  }

  private void makeRoom() {
    if (kept.size() >= FILTERS_MAX) {
      kept.values().removeIf(total -> !fresh(total));
    }
    if (kept.size() >= FILTERS_MAX) {
      kept.clear();
    }
  }

  private boolean fresh(Kept total) {
    return nanoTime.getAsLong() - total.since() < KEPT_NANOS;
  }
}
