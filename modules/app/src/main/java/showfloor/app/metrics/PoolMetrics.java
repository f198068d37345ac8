package showfloor.app.metrics;

import java.util.List;
import java.util.function.Function;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.PoolFacts.ModuleFacts;
import showfloor.dbapi.runtime.Reconciliation;

/// The pool, its leases and its gate.
final class PoolMetrics {
  private static final String PREFIX = "showfloor_db_";

  private PoolMetrics() {}

  static void write(PoolFacts facts, Exposition out) {
    PoolFacts.Totals totals = facts.totals();
    gauge(out, "connections_max", "Connections that may be open.", facts.size());
    String connections = PREFIX + "connections";
    out.family(connections, "gauge", "Open connections.")
        .sample(connections, facts.leases().size(), "state", "leased")
        .sample(connections, facts.idle(), "state", "idle");
    gauge(out, "connections_open", "Physical connections.", facts.open());
    gauge(out, "waiting", "Callers in the queue for a connection.", facts.waiting().size());
    gauge(
        out,
        "longest_lease_seconds",
        "How long the oldest lease has lasted.",
        facts.leases().stream().mapToLong(PoolFacts.LeaseFacts::heldMs).max().orElse(0) / 1e3);
    gauge(
        out,
        "longest_wait_seconds",
        "How long the first in the queue has waited.",
        facts.waiting().stream().mapToLong(PoolFacts.Waiter::waitedMs).max().orElse(0) / 1e3);
    counter(out, "statements_total", "Statements sent.", totals.statements());
    counter(out, "round_trips_total", "Waits for the server.", totals.roundTrips());
    out.family(PREFIX + "refusals_total", "counter", "Callers turned away, by reason.");
    totals
        .refusals()
        .forEach((why, count) -> out.sample(PREFIX + "refusals_total", count, "reason", why));
    byModule(facts.modules(), out);
  }

  /// What each module's leases have cost.
  private static void byModule(List<ModuleFacts> modules, Exposition out) {
    each(modules, out, "leases_total", "Leases given.", ModuleFacts::leases);
    each(modules, out, "wait_seconds_total", "Time in the queue.", m -> m.waitNanos() / 1e9);
    each(modules, out, "lease_seconds_total", "Time of holding.", m -> m.heldNanos() / 1e9);
    each(modules, out, "refused_total", "Callers turned away.", ModuleFacts::refused);
    each(modules, out, "timed_out_total", "Leases past their deadline.", ModuleFacts::timedOut);
    each(modules, out, "destroyed_total", "Connections not fit to pool.", ModuleFacts::destroyed);
  }

  private static void each(
      List<ModuleFacts> modules,
      Exposition out,
      String name,
      String help,
      Function<ModuleFacts, Number> figure) {
    out.family(PREFIX + name, "counter", help);
    modules.forEach(
        module -> out.sample(PREFIX + name, figure.apply(module), "module", module.module()));
  }

  /// What the monitor found last.
  static void write(Reconciliation last, Exposition out) {
    if (last.sessions() >= 0) {
      gauge(out, "server_sessions", "Sessions of this instance on the server.", last.sessions());
    }
    gauge(
        out,
        "reconciliation_differences",
        "Differences between leases, pool and server.",
        last.differences().size());
    gauge(
        out,
        "foreign_sessions",
        "Sessions of the login that no instance owns.",
        last.foreign().size());
  }

  private static void gauge(Exposition out, String name, String help, Number value) {
    out.single(PREFIX + name, "gauge", help, value);
  }

  private static void counter(Exposition out, String name, String help, Number value) {
    out.single(PREFIX + name, "counter", help, value);
  }
}
