package showfloor.app.admin;

import java.time.Duration;
import java.time.Instant;
import showfloor.dbapi.runtime.PoolFacts;

/// One stretch of the pool's life, about a second long, as the charts show it.
///
/// @param at its end
/// @param seconds how long it was
/// @param held connections held, on average over the stretch
/// @param waiting callers without a connection at its end
/// @param longestWaitMs of them
/// @param leases given in it
/// @param refused callers turned away in it
/// @param timedOut leases cancelled at their deadline in it
/// @param destroyed connections that came back unclean or late in it
record Sample(
    Instant at,
    double seconds,
    double held,
    int waiting,
    long longestWaitMs,
    long leases,
    long refused,
    long timedOut,
    long destroyed) {

  /// What happened between two looks.
  static Sample between(PoolFacts before, PoolFacts now, Duration elapsed, Instant at) {
    PoolFacts.Totals from = before.totals();
    PoolFacts.Totals to = now.totals();
    double seconds = elapsed.toNanos() / 1e9;
    return new Sample(
        at,
        seconds,
        held(before, now, seconds),
        now.waiting().size(),
        longestWaitMs(now),
        to.leases() - from.leases(),
        to.refused() - from.refused(),
        to.timedOut() - from.timedOut(),
        to.destroyed() - from.destroyed());
  }

  /// Of those who wait at the moment.
  static long longestWaitMs(PoolFacts pool) {
    return pool.waiting().stream().mapToLong(PoolFacts.Waiter::waitedMs).max().orElse(0);
  }

  /// Most leases are shorter than a second: counting them now and then would say little.
  private static double held(PoolFacts before, PoolFacts now, double seconds) {
    double average = (heldSeconds(now) - heldSeconds(before)) / seconds;
    return Math.clamp(average, 0, (double) now.size());
  }

  private static double heldSeconds(PoolFacts pool) {
    long current = pool.leases().stream().mapToLong(PoolFacts.LeaseFacts::heldMs).sum();
    return pool.totals().heldNanos() / 1e9 + current / 1e3;
  }
}
