package showfloor.dbapi.internal;

import java.util.HashMap;
import java.util.Map;

/// How long connections are held, in all and by operation: moving averages of what was measured.
/// One lease counts as four times the average at most, so that one that was very long doesn't pass
/// for the rule. Not thread-safe.
final class HoldTimes {
  private static final double WEIGHT = 1.0 / 16;
  private static final double STEP_MAX = 3;

  private final Map<String, Double> byOperation = new HashMap<>();
  private double mean;

  void add(String operation, long nanos) {
    mean = mean == 0 ? nanos : moved(mean, (double) nanos);
    byOperation.merge(operation, (double) nanos, HoldTimes::moved);
  }

  private static double moved(double mean, double now) {
    return mean + WEIGHT * Math.min(now - mean, STEP_MAX * mean);
  }

  /// Of all, in nanoseconds; 0 before the first.
  double mean() {
    return mean;
  }

  /// Of one operation; negative when it never held a connection.
  double of(String operation) {
    return byOperation.getOrDefault(operation, -1.0);
  }
}
