package showfloor.httpapi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import showfloor.dbapi.Page;

/// How many rows a list has in all. Up to [#CHEAP] they are counted each time. Beyond it counting
/// costs more than a page: then the total is exact where pages are asked for, and remembered for
/// five seconds, and only a lower bound to who follows a cursor. Thread-safe.
///
/// @param <F> what tells the lists of one kind apart, the company included
public final class Totals<F> {
  /// Up to here a count is cheap and always exact.
  public static final int CHEAP = 10_000;

  private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int FILTERS_MAX = 1_000;

  private final Map<F, Kept> kept = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  public Totals() {
    this(System::nanoTime);
  }

  Totals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Kept(long total, long since) {}

  /// The pagination of a page that was found.
  ///
  /// @param count counts the rows of `filter` up to a number
  public Pagination pagination(
      F filter,
      PageRequest request,
      Page<?> page,
      Optional<String> nextCursor,
      IntToLongFunction count) {
    long total =
        request.total(
            page, () -> request.byCursor() ? count.applyAsLong(CHEAP + 1) : exactly(filter, count));
    boolean capped = request.byCursor() && total > CHEAP;
    return Pagination.of(
        capped ? CHEAP : total, capped, request.page(), request.limit(), nextCursor);
  }

  private long exactly(F filter, IntToLongFunction count) {
    Kept last = kept.get(filter);
    if (last != null && fresh(last)) {
      return last.total();
    }
    long since = nanoTime.getAsLong();
    long total = count.applyAsLong(Integer.MAX_VALUE);
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
