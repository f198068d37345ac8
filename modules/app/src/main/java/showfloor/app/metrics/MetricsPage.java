package showfloor.app.metrics;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import showfloor.dbapi.runtime.LettersLeft;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Reconciliation;
import showfloor.webhooks.Waiting;

/// Everything that is measured, as Prometheus reads it. Reading it touches no connection.
/// Thread-safe.
///
/// @param version of Showfloor
/// @param ready what the health page says
/// @param events of the payment provider that are not done
public record MetricsPage(
    String version,
    BooleanSupplier ready,
    HttpMetrics http,
    Supplier<PoolFacts> pool,
    Supplier<Optional<Reconciliation>> reconciliation,
    Supplier<List<LettersLeft>> outbox,
    Supplier<Waiting> events) {
  /// The media type of [#text].
  public static final String CONTENT_TYPE = Exposition.CONTENT_TYPE;

  /// The page at this moment.
  public String text() {
    Exposition out = new Exposition();
    out.family("showfloor_info", "gauge", "What runs.")
        .sample("showfloor_info", 1, "version", version);
    out.single("showfloor_ready", "gauge", "1 when ready.", ready.getAsBoolean() ? 1 : 0);
    PoolMetrics.write(pool.get(), out);
    reconciliation.get().ifPresent(last -> PoolMetrics.write(last, out));
    OutboxMetrics.write(outbox.get(), out);
    write(events.get(), out);
    http.write(out);
    JvmMetrics.write(out);
    return out.text();
  }

  private static void write(Waiting events, Exposition out) {
    out.family(
            "showfloor_payment_events_waiting",
            "gauge",
            "Events of the payment provider that are not applied; parked: of a customer that nobody"
                + " knows.")
        .sample("showfloor_payment_events_waiting", events.pending(), "state", "pending")
        .sample("showfloor_payment_events_waiting", events.parked(), "state", "parked");
  }
}
