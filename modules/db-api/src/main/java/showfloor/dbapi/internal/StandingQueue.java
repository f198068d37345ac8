package showfloor.dbapi.internal;

import java.time.Duration;

/// Tells a queue that stands from one that a burst made: it stands when even the shortest wait of a
/// whole interval was longer than the target (CoDel, "controlled delay": Nichols and Jacobson, ACM
/// Queue 10/5, 2012). Then nobody may wait longer than twice the target, so that those who are
/// served are served in time.
///
/// The target is 50 ms, or as long as connections are held on average: to wait for one lease is no
/// overload. The interval is ten times that, and only twice where the queue stood not long ago: an
/// overload that paused for a moment is known at once. As measured in the benchmark; not
/// thread-safe.
final class StandingQueue {
  static final long TARGET = Duration.ofMillis(50).toNanos();
  private static final int TARGETS_PER_INTERVAL = 10;
  private static final int TARGETS_OF_PATIENCE = 2;
  private static final int TARGETS_OF_MEMORY = 100;

  private boolean stands;
  private boolean stoodBefore;
  private long stoodAt;
  private boolean served;
  private long shortest;
  private long target = TARGET;
  private long intervalEnd;

  StandingQueue(long now) {
    this.intervalEnd = now + TARGETS_PER_INTERVAL * target;
  }

  /// Notes that somebody was served after `waited`.
  void served(long waited) {
    shortest = served ? Math.min(shortest, waited) : waited;
    served = true;
  }

  /// Whether it stands. Where nobody was served for a whole interval it does not: then there is no
  /// flow that a shorter queue would help.
  ///
  /// @param empty nobody waits
  /// @param held how long connections are held on average
  boolean stands(boolean empty, double held, long now) {
    if (empty) {
      served(0);
      stands = false;
    }
    if (now - intervalEnd >= 0) {
      stands = served && shortest > target;
      served = false;
      if (stands) {
        stoodBefore = true;
        stoodAt = now;
      }
      target = Math.max(TARGET, (long) held);
      intervalEnd = now + interval(now);
    }
    return stands;
  }

  private long interval(long now) {
    boolean lately = stoodBefore && now - stoodAt < TARGETS_OF_MEMORY * target;
    return (lately ? TARGETS_OF_PATIENCE : TARGETS_PER_INTERVAL) * target;
  }

  /// The longest wait while it stands.
  long patience() {
    return TARGETS_OF_PATIENCE * target;
  }

  /// When the answer of [#stands] may change without anybody being served.
  long intervalEnd() {
    return intervalEnd;
  }
}
