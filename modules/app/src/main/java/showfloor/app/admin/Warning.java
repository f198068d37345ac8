package showfloor.app.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import showfloor.app.health.Health;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Reconciliation;

/// Something that an operator should look at.
///
/// @param code stays the same while it lasts
/// @param text for people, with the figures of the moment
record Warning(String code, String text) {
  private static final int MINUTE = 60;
  private static final int MOMENT = 10;
  private static final double MUCH = 0.8;
  private static final int LONG_WAIT_MS = 1_000;

  /// What the facts say, the gravest first.
  static List<Warning> of(
      PoolFacts pool, Health.Verdict ready, History history, Optional<Reconciliation> last) {
    List<Warning> found = new ArrayList<>();
    if (!ready.ready()) {
      found.add(new Warning("not-ready", "Not ready: %s.".formatted(ready.reason())));
    }
    for (PoolFacts.LeaseFacts lease : pool.leases()) {
      if (lease.heldMs() > lease.budgetMs()) {
        found.add(late(lease));
      }
    }
    held(pool, history.last(MOMENT), found);
    if (Sample.longestWaitMs(pool) >= LONG_WAIT_MS) {
      found.add(
          new Warning(
              "waiting",
              "%d without a connection, the longest for %s."
                  .formatted(pool.waiting().size(), seconds(Sample.longestWaitMs(pool)))));
    }
    last.ifPresent(reconciliation -> differences(reconciliation, found));
    List<Sample> minute = history.last(MINUTE);
    counted("refused", "callers turned away", minute, Sample::refused, found);
    counted("timed-out", "leases cancelled at their deadline", minute, Sample::timedOut, found);
    counted("destroyed", "connections not pooled again", minute, Sample::destroyed, found);
    return List.copyOf(found);
  }

  private static Warning late(PoolFacts.LeaseFacts lease) {
    return new Warning(
        "late-" + lease.id(),
        "Lease #%d (%s, %s) is late: held for %s of %s."
            .formatted(
                lease.id(),
                lease.module(),
                lease.operation(),
                seconds(lease.heldMs()),
                seconds(lease.budgetMs())));
  }

  private static void differences(Reconciliation last, List<Warning> found) {
    for (String difference : last.differences()) {
      found.add(new Warning("difference", difference + "."));
    }
    sessions("foreign", "Sessions of this login that no instance owns", last.foreign(), found);
    sessions("stale", "Sessions of instances that no longer live", last.stale(), found);
  }

  private static void sessions(
      String code, String whose, List<Reconciliation.Session> sessions, List<Warning> found) {
    if (!sessions.isEmpty()) {
      found.add(new Warning(code, "%s: %d.".formatted(whose, sessions.size())));
    }
  }

  /// One busy second is no news.
  private static void held(PoolFacts pool, List<Sample> moment, List<Warning> found) {
    double average = moment.stream().mapToDouble(Sample::held).average().orElse(0);
    if (moment.size() == MOMENT && average > MUCH * pool.size()) {
      found.add(
          new Warning(
              "held",
              String.format(
                  Locale.ROOT,
                  "%.1f of %d connections held over the last %d seconds.",
                  average,
                  pool.size(),
                  MOMENT)));
    }
  }

  private static void counted(
      String code,
      String what,
      List<Sample> minute,
      ToLongFunction<Sample> counter,
      List<Warning> found) {
    long count = minute.stream().mapToLong(counter).sum();
    if (count > 0) {
      found.add(new Warning(code, "%d %s in the last minute.".formatted(count, what)));
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }
}
