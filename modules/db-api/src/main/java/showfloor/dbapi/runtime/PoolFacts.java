package showfloor.dbapi.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pool at one moment. Taking it costs no connection and waits for nobody.
///
/// @param size connections at most
/// @param open physical connections now
/// @param idle of these, not held
/// @param leases who holds the others
/// @param waiting who has no connection yet: those it is being opened for, then those who wait at
///   the gate, first in line first
/// @param opening how many of them it is being opened for; a database that answers does so at once
/// @param modules what each module that ever asked for a connection has cost, by name
/// @param totals since start
public record PoolFacts(
    int size,
    int open,
    int idle,
    List<LeaseFacts> leases,
    List<Waiter> waiting,
    int opening,
    List<ModuleFacts> modules,
    Totals totals) {

  /// One lease. All texts are for operators.
  ///
  /// @param id counted from 1 since start
  /// @param statement the one it runs or ran last, empty before the first
  /// @param backendPid the server process, joins `pg_stat_activity`
  /// @param budgetMs how long it may last in all
  /// @param state `held`; `late`: cancelled, its connection will be destroyed; `ended`: it is being
  ///   destroyed
  /// @param session as the driver knows it: `active` (a statement runs), `idle`, `idle in
  ///   transaction`, `idle in transaction (aborted)`
  /// @param stack what the holder does now, as `Class.method(File.java:12)`, the innermost first,
  ///   at most 64 frames
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
      String state,
      String session,
      List<String> stack) {}

  /// One caller without a connection yet.
  public record Waiter(
      String module, String operation, String requestId, Priority priority, long waitedMs) {}

  /// What one module's leases have cost since start.
  ///
  /// @param waitNanos spent at the gate
  /// @param heldNanos spent holding a connection
  /// @param refused turned away at the gate
  /// @param timedOut leases cancelled at their deadline
  /// @param destroyed connections that came back unclean or late
  public record ModuleFacts(
      String module,
      long leases,
      long waitNanos,
      long heldNanos,
      long refused,
      long timedOut,
      long destroyed) {}

  /// Counters that only grow.
  ///
  /// @param statements statements sent, without the prefix that travels with each
  /// @param roundTrips messages for which a lease waited for the server
  /// @param waitNanos spent at the gate
  /// @param heldNanos spent holding a connection
  /// @param refused turned away at the gate
  /// @param refusals the same by reason: `shed` (the queue has stood for too long), `deadline` (it
  ///   would not have been served in time, or was not), `full` (the queue was), `ceiling` (the
  ///   longest wait that is configured), `closed`
  /// @param destroyed connections that came back unclean or late, and were not pooled again
  public record Totals(
      long leases,
      long statements,
      long roundTrips,
      long waitNanos,
      long heldNanos,
      long refused,
      Map<String, Long> refusals,
      long timedOut,
      long destroyed) {}
}
