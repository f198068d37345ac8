package showfloor.todos.tasks;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Change;

/// Statements about one to-do. A trigger counts up its version.
final class TodoQueries {
  static final String COLUMNS =
      """
      t.id, t.company_id, t.dealer_id, t.assignee_id, t.title, t.description, t.completed,
        t.due_date, t.completed_at, t.version, t.created_at, t.updated_at\
      """;

  /// A moment is due on the day that it falls on at the company's.
  private static final String DUE_DATE =
      """
      coalesce(:due_date::date, (
          SELECT (:due_moment::timestamptz AT TIME ZONE z.time_zone)::date
          FROM auth.company_zones z))\
      """;

  private static final Sql FIND_TODO =
      Sql.of("todos.find_todo", "SELECT %s FROM todos.todos t WHERE t.id = :id".formatted(COLUMNS));

  private static final Sql ADD_TODO =
      Sql.of(
          "todos.add_todo",
          """
          INSERT INTO todos.todos AS t (
            company_id, id, title, description, completed_at, due_date, dealer_id, assignee_id,
            created_at, updated_at)
          SELECT :company_id, :id, :title, :description,
            CASE WHEN :completed::boolean THEN m.moment END,
            %s,
            :dealer_id::uuid, :assignee_id::uuid, m.moment, m.moment
          FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
          RETURNING %s
          """
              .formatted(DUE_DATE, COLUMNS));

  // What is completed again stays completed since when it was.
  private static final Sql CHANGE_TODO =
      Sql.of(
          "todos.change_todo",
          """
          UPDATE todos.todos t SET
            title = CASE WHEN 'title' = ANY (:columns) THEN :title ELSE t.title END,
            description = CASE WHEN 'description' = ANY (:columns) THEN :description
              ELSE t.description END,
            completed_at = CASE
              WHEN 'completed' <> ALL (:columns) OR t.completed = :completed::boolean
                THEN t.completed_at
              WHEN :completed::boolean
                THEN date_trunc('milliseconds', clock_timestamp()) END,
            due_date = CASE WHEN 'due_date' = ANY (:columns) THEN %s ELSE t.due_date END,
            dealer_id = CASE WHEN 'dealer_id' = ANY (:columns) THEN :dealer_id::uuid
              ELSE t.dealer_id END,
            assignee_id = CASE WHEN 'assignee_id' = ANY (:columns) THEN :assignee_id::uuid
              ELSE t.assignee_id END
          WHERE t.id = :id AND (:version::bigint IS NULL OR t.version = :version::bigint)
          RETURNING %s
          """
              .formatted(DUE_DATE, COLUMNS));

  private static final Sql DELETE_TODO =
      Sql.of(
          "todos.delete_todo",
          """
          DELETE FROM todos.todos t
          WHERE t.id = :id AND (:version::bigint IS NULL OR t.version = :version::bigint)
          RETURNING %s
          """
              .formatted(COLUMNS));

  private TodoQueries() {}

  static Optional<Todo> find(SqlReader sql, UUID id) {
    return sql.find(FIND_TODO.with("id", id), TodoQueries::todo);
  }

  static Todo add(SqlWriter sql, UUID companyId, UUID id, Change<Todo> whole) {
    List<@Nullable Object> values = values(whole);
    values.addAll(List.of("company_id", companyId, "id", id));
    return sql.returning(ADD_TODO.with(values.toArray()), TodoQueries::todo).getFirst();
  }

  /// The changed to-do; empty when there is none, or none of `version`.
  static Optional<Todo> change(
      SqlWriter sql, UUID id, @Nullable Long version, Change<Todo> change) {
    List<@Nullable Object> values = values(change);
    values.addAll(Arrays.asList("id", id, "version", version, "columns", change.columns()));
    return sql.returning(CHANGE_TODO.with(values.toArray()), TodoQueries::todo).stream()
        .findFirst();
  }

  /// The deleted to-do; empty when there is none, or none of `version`.
  static Optional<Todo> delete(SqlWriter sql, UUID id, @Nullable Long version) {
    return sql.returning(DELETE_TODO.with("id", id, "version", version), TodoQueries::todo).stream()
        .findFirst();
  }

  /// Reads the columns of [#COLUMNS].
  static Todo todo(Row row) {
    return new Todo(
        row.uuid("id"),
        row.uuid("company_id"),
        row.uuidOrNull("dealer_id"),
        row.uuidOrNull("assignee_id"),
        row.text("title"),
        row.textOrNull("description"),
        row.bool("completed"),
        row.dateOrNull("due_date"),
        row.instantOrNull("completed_at"),
        row.bigint("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static List<@Nullable Object> values(Change<Todo> change) {
    List<@Nullable Object> values = new ArrayList<>();
    for (TodoField field : TodoField.values()) {
      Object value = change.get(field);
      if (field == TodoField.DUE_DATE) {
        values.addAll(Arrays.asList("due_date", value instanceof LocalDate ? value : null));
        values.addAll(Arrays.asList("due_moment", value instanceof Instant ? value : null));
      } else {
        values.addAll(Arrays.asList(field.column(), value));
      }
    }
    return values;
  }
}
