package showfloor.testing.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import showfloor.testing.faults.Moment.Reach;

/// A fault that waits for its moment. Thread-safe.
public final class Strike {
  private final Fault fault;
  private final Moment moment;
  private final boolean once;
  private final Set<Link> known;
  private final Map<Link, Integer> seen = new ConcurrentHashMap<>();
  private final CountDownLatch fired = new CountDownLatch(1);

  /// @param once it strikes one link; else every one
  /// @param known the links over which a session is up now
  Strike(Fault fault, Moment moment, boolean once, Set<Link> known) {
    this.fault = fault;
    this.moment = moment;
    this.once = once;
    this.known = known;
  }

  /// Whether it has struck.
  public boolean fired() {
    return fired.getCount() == 0;
  }

  /// Waits until it has struck; whether it did within `limit`.
  public boolean awaitFired(Duration limit) {
    try {
      return fired.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Fault fault() {
    return fault;
  }

  /// Whether it strikes now, as `frame` is about to pass or has passed `link`.
  synchronized boolean isDue(Link link, Frame frame, boolean passed) {
    if (moment.after() != passed || !moment.message().matches(frame) || !reaches(link)) {
      return false;
    }
    int count = seen.merge(link, 1, Integer::sum);
    boolean due = count == moment.nth() && !(once && fired());
    if (due) {
      fired.countDown();
    }
    return due;
  }

  private boolean reaches(Link link) {
    return moment.reach() == Reach.ANY || known.contains(link) == (moment.reach() == Reach.OPEN);
  }
}
