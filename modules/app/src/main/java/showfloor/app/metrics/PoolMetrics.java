package showfloor.app.metrics;

import showfloor.dbapi.runtime.PoolFacts;

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
    counter(out, "leases_total", "Leases given.", totals.leases());
    counter(out, "statements_total", "Statements sent.", totals.statements());
    counter(out, "round_trips_total", "Waits for the server.", totals.roundTrips());
    counter(out, "wait_seconds_total", "Time spent in the queue.", totals.waitNanos() / 1e9);
    counter(out, "lease_seconds_total", "Time connections were held.", totals.heldNanos() / 1e9);
    counter(out, "refused_total", "Callers turned away in the queue.", totals.refused());
    counter(out, "timed_out_total", "Leases cancelled at their deadline.", totals.timedOut());
    counter(
        out, "destroyed_total", "Connections that came back unclean or late.", totals.destroyed());
  }

  private static void gauge(Exposition out, String name, String help, Number value) {
    out.single(PREFIX + name, "gauge", help, value);
  }

  private static void counter(Exposition out, String name, String help, Number value) {
    out.single(PREFIX + name, "counter", help, value);
  }
}
