package showfloor.dbapi.runtime;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pool at one moment. Taking it costs no connection and waits for nobody.
///
/// @param size connections at most
/// @param open physical connections now
/// @param idle of these, not held
/// @param leases who holds the others
/// @param waiting who has no connection yet: those it is being opened for, then those who wait at
///   the gate, first in line first
/// @param totals since start
public record PoolFacts(
    int size, int open, int idle, List<LeaseFacts> leases, List<Waiter> waiting, Totals totals) {

  /// One lease. All texts are for operators.
  ///
  /// @param id counted from 1 since start
  /// @param statement the one it runs or ran last, empty before the first
  /// @param backendPid the server process, joins `pg_stat_activity`
  /// @param budgetMs how long it may last in all
  /// @param state `held`, or `late`: cancelled, its connection will be destroyed
  public record LeaseFacts(
      long id,
      String module,
      String operation,
      String requestId,
      @Nullable String company,
      String statement,
      String thread,
      Instant since,
      long heldMs,
      long budgetMs,
      int backendPid,
      String state) {}

  /// One caller without a connection yet.
  public record Waiter(String module, String operation, String requestId, long waitedMs) {}

  /// Counters that only grow.
  ///
  /// @param statements statements sent, without the prefix that travels with each
  /// @param roundTrips messages for which a lease waited for the server
  /// @param waitNanos spent at the gate
  /// @param heldNanos spent holding a connection
  /// @param refused turned away at the gate
  /// @param destroyed connections that came back unclean or late, and were not pooled again
  public record Totals(
      long leases,
      long statements,
      long roundTrips,
      long waitNanos,
      long heldNanos,
      long refused,
      long timedOut,
      long destroyed) {}
}
