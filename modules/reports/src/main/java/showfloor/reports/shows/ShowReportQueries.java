package showfloor.reports.shows;

import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// The one statement of a show's report.
final class ShowReportQueries {
  // Looks into hashed lists instead of joining: until the statistics know of a large import, a join
  // is planned as a loop in a loop (measured with 20,000 captures: more than 10 s).
  private static final Sql READ_SHOW_REPORT =
      Sql.of(
          "reports.read_show_report",
          """
          WITH zone AS MATERIALIZED (
            SELECT coalesce((SELECT z.time_zone FROM auth.company_zones z), 'UTC') AS name
          ), captured AS MATERIALIZED (
            SELECT k.dealer_id, k.user_id,
              CASE
                WHEN k.dealer_id IN (SELECT l.id FROM dealers.leads l WHERE l.rating = 1) THEN 1
                WHEN k.dealer_id IN (SELECT l.id FROM dealers.leads l WHERE l.rating = 2) THEN 2
                WHEN k.dealer_id IN (SELECT l.id FROM dealers.leads l WHERE l.rating = 3) THEN 3
                WHEN k.dealer_id IN (SELECT l.id FROM dealers.leads l WHERE l.rating = 4) THEN 4
                WHEN k.dealer_id IN (SELECT l.id FROM dealers.leads l WHERE l.rating = 5) THEN 5
              END AS rating,
              date_trunc('hour', k.captured_at AT TIME ZONE zone.name) AT TIME ZONE zone.name AS hour
            FROM zone, tradeshows.links k
            WHERE k.show_id = :id
          ), counted AS MATERIALIZED (
            SELECT count(*) AS captures,
              count(*) FILTER (WHERE c.planned) AS with_todos,
              count(*) FILTER (WHERE c.planned AND NOT c.open) AS done,
              count(*) FILTER (WHERE c.noted) AS with_notes,
              count(*) FILTER (WHERE c.pictured) AS with_photos
            FROM (
              SELECT
                d.dealer_id IN (
                  SELECT t.dealer_id FROM todos.published_todos t WHERE t.dealer_id IS NOT NULL
                ) AS planned,
                d.dealer_id IN (
                  SELECT t.dealer_id FROM todos.published_todos t
                  WHERE t.dealer_id IS NOT NULL AND NOT t.completed
                ) AS open,
                d.dealer_id IN (SELECT n.dealer_id FROM dealers.published_notes n) AS noted,
                d.dealer_id IN (SELECT p.dealer_id FROM dealers.photos_of p) AS pictured
              FROM captured d) c
          )
          SELECT s.id, s.name, s.start_date, s.end_date, zone.name AS time_zone,
            n.captures, n.with_todos, n.done, n.with_notes, n.with_photos,
            (SELECT coalesce(json_agg(json_build_object(
                'hour', to_char(h.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'captures', h.captures) ORDER BY h.hour), '[]')::text
              FROM (SELECT c.hour, count(*) AS captures FROM captured c
                GROUP BY c.hour ORDER BY c.hour LIMIT 1000) h) AS by_hour,
            (SELECT coalesce(json_agg(json_build_object(
                'userId', u.user_id, 'firstName', u.first_name, 'lastName', u.last_name,
                'captures', u.captures) ORDER BY u.captures DESC, u.user_id), '[]')::text
              FROM (SELECT g.user_id, g.captures, p.first_name, p.last_name
                FROM (SELECT c.user_id, count(*) AS captures FROM captured c GROUP BY c.user_id) g
                LEFT JOIN auth.people p ON p.user_id = g.user_id) u) AS by_user,
            (SELECT coalesce(json_agg(json_build_object('rating', r.rating, '_count', r.captures)
                ORDER BY r.rating DESC NULLS LAST), '[]')::text
              FROM (SELECT c.rating, count(*) AS captures FROM captured c GROUP BY c.rating) r)
              AS by_rating
          FROM tradeshows.published_shows s, zone, counted n
          WHERE s.id = :id
          """);

  private ShowReportQueries() {}

  static Optional<ShowReport> read(SqlReader sql, UUID show) {
    return sql.find(READ_SHOW_REPORT.with("id", show), ShowReportQueries::report);
  }

  private static ShowReport report(Row row) {
    return new ShowReport(
        row.uuid("id"),
        row.text("name"),
        row.dateOrNull("start_date"),
        row.dateOrNull("end_date"),
        row.text("time_zone"),
        row.bigint("captures"),
        row.bigint("with_todos"),
        row.bigint("done"),
        row.bigint("with_notes"),
        row.bigint("with_photos"),
        row.text("by_hour"),
        row.text("by_user"),
        row.text("by_rating"));
  }
}
