package showfloor.dbapi.internal;

import java.util.HashMap;
import java.util.Map;

/// How long connections are held, in all and by operation: moving averages of what was measured.
/// Not thread-safe.
final class HoldTimes {
  private static final double WEIGHT = 1.0 / 16;

  private final Map<String, Double> byOperation = new HashMap<>();
  private double mean;

  void add(String operation, long nanos) {
    mean = mean == 0 ? nanos : mean + WEIGHT * (nanos - mean);
    byOperation.merge(operation, (double) nanos, (before, now) -> before + WEIGHT * (now - before));
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
