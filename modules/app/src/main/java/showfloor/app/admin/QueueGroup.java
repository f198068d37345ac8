package showfloor.app.admin;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import showfloor.dbapi.runtime.PoolFacts.Waiter;
import showfloor.dbapi.runtime.Priority;

/// How many of one module wait in one class.
///
/// @param longestMs how long the first of them has waited
record QueueGroup(String module, Priority priority, int waiting, long longestMs) {

  /// All groups, the most urgent first, and of these the largest.
  static List<QueueGroup> of(List<Waiter> waiters) {
    Map<String, QueueGroup> groups = new LinkedHashMap<>();
    for (Waiter waiter : waiters) {
      groups.merge(waiter.module() + " " + waiter.priority(), of(waiter), QueueGroup::and);
    }
    return groups.values().stream()
        .sorted(
            Comparator.comparing(QueueGroup::priority)
                .thenComparing(Comparator.comparingInt(QueueGroup::waiting).reversed()))
        .toList();
  }

  private static QueueGroup of(Waiter waiter) {
    return new QueueGroup(waiter.module(), waiter.priority(), 1, waiter.waitedMs());
  }

  private QueueGroup and(QueueGroup more) {
    return new QueueGroup(
        module, priority, waiting + more.waiting, Math.max(longestMs, more.longestMs));
  }
}
