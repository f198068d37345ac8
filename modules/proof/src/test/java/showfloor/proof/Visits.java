package showfloor.proof;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// What many visitors did at once, and were told. They go on for their time, and until each deed
/// was served once, a minute longer at most. Thread-safe.
final class Visits {
  /// Stands where a visitor has nothing yet.
  static final String NOTHING = new UUID(0, 0).toString();

  private static final Duration LONGER = Duration.ofMinutes(1);

  private final long until;
  private final Set<Deed> unserved = Collections.synchronizedSet(EnumSet.allOf(Deed.class));
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final LongAdder served = new LongAdder();
  private final LongAdder refused = new LongAdder();

  Visits(Duration time) {
    until = System.nanoTime() + time.toNanos();
  }

  /// Whether they are over when this time has passed.
  boolean areOver(Duration ahead) {
    long left = until - System.nanoTime() - ahead.toNanos();
    return left <= 0 && (unserved.isEmpty() || left + LONGER.toNanos() <= 0);
  }

  /// Counts an answer. Errors other than those that ask to come back, and a 404 where there is
  /// nothing yet, are wrong.
  ///
  /// @return whether it asks to come back
  boolean asksBack(Deed deed, String request, Answer answer) {
    if (!(answer instanceof Answer.Complete(int status, String body))) {
      wrong.add(request + " -> " + answer);
      return false;
    }
    if (status < 400) {
      served.increment();
      unserved.remove(deed);
      return false;
    }
    boolean busy = status == 503 && body.contains("TEMPORARY_REDUCED_CAPACITY");
    boolean inTurn = status == 409 && body.contains("IMPORT_RUNNING");
    boolean nothingYet = status == 404 && request.contains(NOTHING);
    if (busy) {
      refused.increment();
    } else if (!inTurn && !nothingYet) {
      wrong.add(request + " -> " + status + " " + body);
    }
    return busy || inTurn;
  }

  void wrong(String what) {
    wrong.add(what);
  }

  Queue<String> wrong() {
    return wrong;
  }

  /// What was never served.
  Set<Deed> unserved() {
    return unserved;
  }

  long served() {
    return served.sum();
  }

  /// Answers that asked to come back because there was too much to do.
  long refused() {
    return refused.sum();
  }
}
