package showfloor.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements on events.
final class EventQueries {
  private static final Sql ADD_EVENT =
      Sql.of(
          "webhooks.add_event",
          """
          insert into webhooks.events
            (provider, event_id, type, customer_id, created_at, received_at, state, try_at)
          values
            (:provider, :event_id, :type, :customer_id, :created_at, :now, :state, :now)
          on conflict (provider, event_id) do nothing
          """);

  /// All waiting events of the customer whose event waits longest, unless another process works on
  /// them.
  private static final Sql TAKE_EVENTS =
      Sql.of(
          "webhooks.take_events",
          """
          with next as (
            select customer_id from webhooks.events
            where provider = :provider and state in ('pending', 'parked') and try_at <= :now
            order by try_at, event_id limit 1 for update skip locked
          ), held as (
            select e.event_id from webhooks.events e join next on next.customer_id = e.customer_id
            where e.provider = :provider and e.state in ('pending', 'parked') and e.try_at <= :now
            order by e.event_id limit 1000 for update of e skip locked
          ), taken as (
            update webhooks.events e set try_at = :again_at, tries = e.tries + 1
            from held where e.provider = :provider and e.event_id = held.event_id
            returning e.event_id, e.customer_id, e.tries
          )
          select customer_id, array_agg(event_id) as events, max(tries) as tries
          from taken group by customer_id
          """);

  private static final Sql END_EVENTS =
      Sql.of(
          "webhooks.end_events",
          """
          update webhooks.events set state = 'done', done_at = :now
          where provider = :provider and event_id = any(:events::text[])
          """);

  private static final Sql PARK_EVENTS =
      Sql.of(
          "webhooks.park_events",
          """
          update webhooks.events set state = 'parked', try_at = :again_at
          where provider = :provider and event_id = any(:events::text[]) and state <> 'done'
          """);

  private static final Sql DELAY_EVENTS =
      Sql.of(
          "webhooks.delay_events",
          """
          update webhooks.events set try_at = :again_at
          where provider = :provider and event_id = any(:events::text[]) and state <> 'done'
          """);

  /// Those too of a customer who is none of ours, or whom the provider no longer knows.
  private static final Sql FORGET_EVENTS =
      Sql.of(
          "webhooks.forget_events",
          """
          delete from webhooks.events where (provider, event_id) in (
            select provider, event_id from webhooks.events
            where received_at < :before
            order by received_at limit 1000 for update skip locked)
          """);

  private static final Sql COUNT_WAITING =
      Sql.of(
          "webhooks.count_waiting",
          """
          select count(*) filter (where state = 'pending') as pending,
            count(*) filter (where state = 'parked') as parked
          from webhooks.events where state in ('pending', 'parked')
          """);

  private EventQueries() {}

  /// Whether it is new.
  static boolean add(SqlWriter sql, String provider, Event event, String state, Instant now) {
    return sql.execute(
            ADD_EVENT.with(
                "provider", provider,
                "event_id", event.id(),
                "type", event.type(),
                "customer_id", event.customerId(),
                "created_at", event.createdAt(),
                "state", state,
                "now", now))
        == 1;
  }

  /// @param againAt when another process may take them
  static Optional<Taken> take(SqlWriter sql, String provider, Instant now, Instant againAt) {
    return sql
        .returning(
            TAKE_EVENTS.with("provider", provider, "now", now, "again_at", againAt),
            row -> new Taken(row.text("customer_id"), row.texts("events"), row.integer("tries")))
        .stream()
        .findFirst();
  }

  static void end(SqlWriter sql, String provider, List<String> events, Instant now) {
    sql.execute(
        END_EVENTS.with("provider", provider, "events", events.toArray(String[]::new), "now", now));
  }

  static void park(SqlWriter sql, String provider, List<String> events, Instant againAt) {
    sql.execute(
        PARK_EVENTS.with(
            "provider", provider,
            "events", events.toArray(String[]::new),
            "again_at", againAt));
  }

  static void delay(SqlWriter sql, String provider, List<String> events, Instant againAt) {
    sql.execute(
        DELAY_EVENTS.with(
            "provider", provider,
            "events", events.toArray(String[]::new),
            "again_at", againAt));
  }

  static void forget(SqlWriter sql, Instant before) {
    sql.execute(FORGET_EVENTS.with("before", before));
  }

  static Waiting waiting(SqlReader sql) {
    return sql.one(
        COUNT_WAITING.with(), row -> new Waiting(row.bigint("pending"), row.bigint("parked")));
  }
}
