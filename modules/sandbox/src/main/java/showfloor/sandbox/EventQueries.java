package showfloor.sandbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements on events, and on whether they have arrived.
final class EventQueries {
  private static final Sql ADD_EVENT =
      Sql.of(
          "sandbox.add_event",
          """
          insert into sandbox.events (customer_id, body, send_at)
          values (:customer_id, :body, :send_at)
          returning no, customer_id, body
          """);

  private static final Sql NOTE_DELIVERED =
      Sql.of(
          "sandbox.note_delivered",
          """
          update sandbox.events set delivered_at = :now where no = any(:nos::bigint[])
          """);

  private static final Sql TAKE_WAITING =
      Sql.of(
          "sandbox.take_waiting",
          """
          update sandbox.events set send_at = :again_at
          where no in (
            select no from sandbox.events where delivered_at is null and send_at <= :now
            order by no limit :most for update skip locked)
          returning no, customer_id, body
          """);

  private static final Sql LIST_FETCHES =
      Sql.of(
          "sandbox.list_fetches",
          """
          select customer_id, fetch_no, stored_no from subscriptions.fetches
          where provider = 'sandbox' and customer_id = any(:customers::text[])
          """);

  private EventQueries() {}

  static StoredEvent add(SqlWriter sql, String customerId, String body, Instant sendAt) {
    return sql.returning(
            ADD_EVENT.with("customer_id", customerId, "body", body, "send_at", sendAt),
            EventQueries::event)
        .getFirst();
  }

  static void delivered(SqlWriter sql, List<Long> nos, Instant now) {
    sql.execute(NOTE_DELIVERED.with("nos", nos.toArray(Long[]::new), "now", now));
  }

  static List<StoredEvent> take(SqlWriter sql, Instant now, Instant againAt, int most) {
    return sql.returning(
        TAKE_WAITING.with("now", now, "again_at", againAt, "most", most), EventQueries::event);
  }

  /// The number of the last fetch that has begun, and of the last that was stored, by customer.
  static Map<String, Fetched> fetches(SqlReader sql, Collection<String> customers) {
    return sql
        .list(
            LIST_FETCHES.with("customers", customers.toArray(String[]::new)),
            row ->
                Map.entry(
                    row.text("customer_id"),
                    new Fetched(row.bigint("fetch_no"), row.bigint("stored_no"))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  record Fetched(long begun, long stored) {}

  private static StoredEvent event(Row row) {
    return new StoredEvent(row.bigint("no"), row.text("customer_id"), row.text("body"));
  }
}
