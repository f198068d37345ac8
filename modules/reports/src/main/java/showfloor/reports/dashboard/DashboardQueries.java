package showfloor.reports.dashboard;

import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// The one statement of the dashboard.
final class DashboardQueries {
  private static final Sql READ_DASHBOARD =
      Sql.of(
              "reports.read_dashboard",
              """
          WITH counted AS MATERIALIZED (
            SELECT l.status, l.rating, count(*) AS dealers
            FROM dealers.leads l GROUP BY l.status, l.rating
          ), today AS MATERIALIZED (
            SELECT coalesce(
              (SELECT clock_timestamp() AT TIME ZONE z.time_zone FROM auth.company_zones z),
              clock_timestamp() AT TIME ZONE 'UTC')::date AS day
          ), open AS MATERIALIZED (
            SELECT t.id, t.title, t.due_date, t.dealer_id
            FROM todos.published_todos t WHERE NOT t.completed
          )
          SELECT
            (SELECT coalesce(sum(c.dealers), 0)::bigint FROM counted c) AS dealers,
            (SELECT count(*) FROM dealers.published_notes) AS notes,
            (SELECT count(*) FROM dealers.photos_of) AS photos,
            (SELECT count(*) FROM dealers.recordings_of) AS recordings,
            (SELECT count(*) FROM open) AS open_todos,
            (SELECT count(*) FROM open o, today WHERE o.due_date < today.day) AS overdue_todos,
            (SELECT coalesce(json_agg(
                json_build_object('status', s.status, '_count', s.dealers)
                ORDER BY s.dealers DESC, s.status), '[]')::text
              FROM (SELECT c.status, sum(c.dealers)::bigint AS dealers
                FROM counted c GROUP BY c.status) s) AS by_status,
            (SELECT coalesce(json_agg(
                json_build_object('rating', s.rating, '_count', s.dealers)
                ORDER BY s.rating DESC NULLS LAST), '[]')::text
              FROM (SELECT c.rating, sum(c.dealers)::bigint AS dealers
                FROM counted c GROUP BY c.rating) s) AS by_rating,
            (SELECT coalesce(json_agg(json_build_object(
                'id', n.id, 'title', n.title, 'dueDate', n.due_date, 'dealerId', n.dealer_id)
                ORDER BY n.due_date NULLS LAST, n.id), '[]')::text
              FROM (SELECT o.id, o.title, o.due_date, o.dealer_id FROM open o
                ORDER BY o.due_date NULLS LAST, o.id LIMIT 5) n) AS next_todos,
            (SELECT coalesce(json_agg(json_build_object(
                'id', n.id, 'name', n.name, 'startDate', n.start_date, 'endDate', n.end_date)
                ORDER BY n.start_date DESC, n.id DESC), '[]')::text
              FROM (SELECT s.id, s.name, s.start_date, s.end_date
                FROM tradeshows.published_shows s, today
                WHERE s.start_date <= today.day
                  AND coalesce(s.end_date, s.start_date) >= today.day
                ORDER BY s.start_date DESC, s.id DESC LIMIT 5) n) AS current_shows
          """)
          .plannedAnew();

  private DashboardQueries() {}

  static Dashboard read(SqlReader sql) {
    return sql.one(READ_DASHBOARD.with(), DashboardQueries::dashboard);
  }

  private static Dashboard dashboard(Row row) {
    return new Dashboard(
        row.bigint("dealers"),
        row.bigint("notes"),
        row.bigint("photos"),
        row.bigint("recordings"),
        row.bigint("open_todos"),
        row.bigint("overdue_todos"),
        row.text("by_status"),
        row.text("by_rating"),
        row.text("next_todos"),
        row.text("current_shows"));
  }
}
