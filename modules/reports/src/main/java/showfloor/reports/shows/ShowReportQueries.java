package showfloor.reports.shows;

import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// The one statement of a show's report.
final class ShowReportQueries {
  // Nothing is joined: all that is known is gathered by dealer. Until the statistics know of a big
  // import, a join may be planned as a loop in a loop; a list that is looked into is scanned for
  // each look once it outgrows the memory (measured with 20,000 captures: more than 10 s).
  // Hours are cut in their zone, not as local times: when clocks go back, one comes twice.
  private static final Sql READ_SHOW_REPORT =
      Sql.of(
              "reports.read_show_report",
              """
          WITH zone AS MATERIALIZED (
            SELECT coalesce((SELECT z.time_zone FROM auth.company_zones z), 'UTC') AS name
          ), captured AS MATERIALIZED (
            SELECT k.dealer_id, k.user_id,
              date_trunc('hour', k.captured_at, zone.name) AS hour
            FROM zone, tradeshows.links k
            WHERE k.show_id = :id
          ), known AS MATERIALIZED (
            SELECT max(f.rating) AS rating,
              bool_or(f.what IN ('to-do', 'open to-do')) AS planned,
              bool_or(f.what = 'open to-do') AS open,
              bool_or(f.what = 'note') AS noted,
              bool_or(f.what = 'photo') AS pictured
            FROM (
              SELECT c.dealer_id, 'capture' AS what, NULL::int AS rating FROM captured c
              UNION ALL
              SELECT l.id, 'rating', l.rating FROM dealers.leads l WHERE l.rating IS NOT NULL
              UNION ALL
              SELECT t.dealer_id, CASE WHEN t.completed THEN 'to-do' ELSE 'open to-do' END, NULL
              FROM todos.published_todos t WHERE t.dealer_id IS NOT NULL
              UNION ALL
              SELECT n.dealer_id, 'note', NULL FROM dealers.published_notes n
              UNION ALL
              SELECT p.dealer_id, 'photo', NULL FROM dealers.photos_of p) f
            GROUP BY f.dealer_id
            HAVING bool_or(f.what = 'capture')
          ), counted AS (
            SELECT count(*) AS captures,
              count(*) FILTER (WHERE k.planned) AS with_todos,
              count(*) FILTER (WHERE k.planned AND NOT k.open) AS done,
              count(*) FILTER (WHERE k.noted) AS with_notes,
              count(*) FILTER (WHERE k.pictured) AS with_photos
            FROM known k
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
              FROM (SELECT k.rating, count(*) AS captures FROM known k GROUP BY k.rating) r)
              AS by_rating
          FROM tradeshows.published_shows s, zone, counted n
          WHERE s.id = :id
          """)
          .plannedAnew();

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
