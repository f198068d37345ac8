package showfloor.todos.tasks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// Statements that read many to-dos.
final class ListQueries {
  // Which day it is decides the company's time zone: the server reckons, at the moment of the
  // caller.
  private static final String MATCHING =
      """
      FROM todos.todos t CROSS JOIN (
        SELECT (
          SELECT (:now::timestamptz AT TIME ZONE z.time_zone)::date
          FROM auth.company_zones z) AS day) today
      WHERE (:completed::boolean IS NULL OR t.completed = :completed::boolean)
        AND (:dealer_id::uuid IS NULL OR t.dealer_id = :dealer_id::uuid)
        AND (:assignee_id::uuid IS NULL OR t.assignee_id = :assignee_id::uuid)
        AND (:first_day::int IS NULL OR t.sort_date >= today.day + :first_day::int)
        AND (:last_day::int IS NULL OR t.sort_date <= today.day + :last_day::int)
        AND (:undated::boolean IS NULL OR t.sort_date = 'infinity'::date)
      """;

  private static final String ORDER = "t.completed, t.sort_date, t.id";

  // Rows are found and cut first: what an offset skips needs no dealer.
  private static final Sql LIST_TODOS =
      Sql.of(
          "todos.list_todos",
          """
          SELECT %1$s, d.company_name AS dealer_name, d.contact_name AS dealer_contact
          FROM (
            SELECT %1$s, t.sort_date
            %2$s
              AND (:after_id::uuid IS NULL
                OR (%3$s) > (:after_completed::boolean, :after_due::date, :after_id::uuid))
            ORDER BY %3$s
            LIMIT :page_limit OFFSET :offset) t
          LEFT JOIN dealers.leads d ON d.id = t.dealer_id
          ORDER BY %3$s
          """
              .formatted(TodoQueries.COLUMNS, MATCHING, ORDER));

  private static final Sql COUNT_TODOS =
      Sql.of(
          "todos.count_todos",
          "SELECT count(*) AS total FROM (SELECT 1 %s LIMIT :most) counted".formatted(MATCHING));

  private ListQueries() {}

  /// What part of a list is wanted.
  ///
  /// @param after behind this place; null: from the beginning
  record Part(TodoListing.@Nullable Place after, int size, int offset) {}

  /// At most [SqlReader#ROWS_MAX] of them.
  static List<TodoListing.Row> all(SqlReader sql, TodoFilter filter, Instant now) {
    List<@Nullable Object> values = values(filter, now, new Part(null, 0, 0));
    values.addAll(List.of("page_limit", SqlReader.ROWS_MAX));
    return sql.list(LIST_TODOS.with(values.toArray()), ListQueries::row);
  }

  static Page<TodoListing.Row> page(SqlReader sql, TodoFilter filter, Instant now, Part part) {
    return sql.page(LIST_TODOS, part.size(), ListQueries::row, values(filter, now, part).toArray());
  }

  /// How many there are, counted up to `most`.
  static long count(SqlReader sql, TodoFilter filter, Instant now, int most) {
    List<@Nullable Object> values = values(filter, now);
    values.addAll(List.of("most", most));
    return sql.one(COUNT_TODOS.with(values.toArray()), row -> row.bigint("total"));
  }

  private static List<@Nullable Object> values(TodoFilter filter, Instant now, Part part) {
    TodoListing.Place after = part.after();
    List<@Nullable Object> values = values(filter, now);
    values.addAll(Arrays.asList("after_completed", after == null ? null : after.completed()));
    values.addAll(Arrays.asList("after_due", after == null ? null : after.due()));
    values.addAll(Arrays.asList("after_id", after == null ? null : after.id()));
    values.addAll(List.of("offset", part.offset()));
    return values;
  }

  private static List<@Nullable Object> values(TodoFilter filter, Instant now) {
    TodoFilter.Due due = filter.due();
    List<@Nullable Object> values = new ArrayList<>(List.of("now", now));
    values.addAll(Arrays.asList("completed", filter.completed()));
    values.addAll(Arrays.asList("dealer_id", filter.dealerId()));
    values.addAll(Arrays.asList("assignee_id", filter.assigneeId()));
    values.addAll(Arrays.asList("first_day", due == null ? null : due.firstDay()));
    values.addAll(Arrays.asList("last_day", due == null ? null : due.lastDay()));
    values.addAll(Arrays.asList("undated", due == TodoFilter.Due.NONE ? Boolean.TRUE : null));
    return values;
  }

  private static TodoListing.Row row(Row row) {
    return new TodoListing.Row(
        TodoQueries.todo(row), row.textOrNull("dealer_name"), row.textOrNull("dealer_contact"));
  }
}
