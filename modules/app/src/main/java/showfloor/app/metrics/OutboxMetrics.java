package showfloor.app.metrics;

import java.util.List;
import showfloor.dbapi.runtime.LettersLeft;

/// What lies in the outbox, of all instances, as it was at the last look.
final class OutboxMetrics {
  private OutboxMetrics() {}

  static void write(List<LettersLeft> left, Exposition out) {
    out.family("showfloor_outbox_waiting", "gauge", "Letters to be carried, by kind.");
    left.forEach(
        kind -> out.sample("showfloor_outbox_waiting", kind.waiting(), "kind", kind.kind()));
    out.family("showfloor_outbox_oldest_timestamp", "gauge", "When the oldest was written.");
    left.forEach(
        kind ->
            kind.oldest()
                .ifPresent(
                    oldest ->
                        out.sample(
                            "showfloor_outbox_oldest_timestamp",
                            oldest.getEpochSecond(),
                            "kind",
                            kind.kind())));
    out.family("showfloor_outbox_dead", "gauge", "Letters that were given up, by kind.");
    left.forEach(kind -> out.sample("showfloor_outbox_dead", kind.dead(), "kind", kind.kind()));
  }
}
