package showfloor.tradeshows.shows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Change;
import showfloor.httpapi.Written;

/// Statements that write one show.
final class ShowQueries {
  static final String COLUMNS =
      """
      s.id, s.company_id, s.name, s.location, s.start_date, s.end_date, s.description, s.version,
        s.created_at, s.updated_at\
      """;

  private static final Sql ADD_SHOW =
      Sql.of(
          "tradeshows.add_show",
          """
          INSERT INTO tradeshows.shows AS s (company_id, id, %s, created_at, updated_at)
          SELECT :company_id, :id, %s, m.moment, m.moment
          FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
          RETURNING %s
          """
              .formatted(each("%1$s"), each("%2$s"), COLUMNS));

  // The show is locked as it is, judged and changed in one go: who is refused is told by what.
  // Those who change a show take turns before they lock its row: among several that wait for the
  // row, one may wait for its old version and one for its new one, crosswise (seen, 40P01).
  private static final Sql CHANGE_SHOW =
      Sql.of(
          "tradeshows.change_show",
          """
          WITH turn AS MATERIALIZED (
            SELECT pg_advisory_xact_lock(hashtextextended(:id::uuid::text, 11))
          ), current AS MATERIALIZED (
            SELECT %1$s FROM turn CROSS JOIN tradeshows.shows s
            WHERE s.id = :id FOR NO KEY UPDATE OF s
          ), wanted AS (
            SELECT c.id, %2$s
            FROM current c
            WHERE :version::bigint IS NULL OR c.version = :version::bigint
          ), changed AS (
            UPDATE tradeshows.shows s SET
              %3$s,
              version = s.version + 1,
              updated_at = greatest(s.updated_at, date_trunc('milliseconds', clock_timestamp()))
            FROM wanted w
            WHERE s.id = w.id AND (w.end_date < w.start_date) IS NOT TRUE
            RETURNING %1$s
          )
          SELECT true AS done, %1$s FROM changed s
          UNION ALL
          SELECT false, %1$s FROM current s WHERE NOT EXISTS (SELECT 1 FROM changed)
          """
              .formatted(
                  COLUMNS,
                  each("CASE WHEN '%1$s' = ANY (:columns) THEN %2$s ELSE c.%1$s END AS %1$s"),
                  each("%1$s = w.%1$s")));

  private static final Sql DELETE_SHOW =
      Sql.of(
          "tradeshows.delete_show",
          """
          WITH turn AS MATERIALIZED (
            SELECT pg_advisory_xact_lock(hashtextextended(:id::uuid::text, 11))
          ), current AS MATERIALIZED (
            SELECT %1$s FROM turn CROSS JOIN tradeshows.shows s WHERE s.id = :id FOR UPDATE OF s
          ), deleted AS (
            DELETE FROM tradeshows.shows s USING current c
            WHERE s.id = c.id AND (:version::bigint IS NULL OR c.version = :version::bigint)
            RETURNING s.id
          )
          SELECT EXISTS (SELECT 1 FROM deleted) AS done, %1$s FROM current s
          """
              .formatted(COLUMNS));

  private ShowQueries() {}

  /// How a write ended.
  ///
  /// @param show as it is now, or as it was where it is gone
  record Judged(boolean done, TradeShow show) {
    boolean stale(@Nullable Long version) {
      return version != null && version != show.version();
    }

    Written<TradeShow> written() {
      return done ? new Written.Done<>(show) : new Written.Stale<>(show);
    }
  }

  static TradeShow add(SqlWriter sql, UUID companyId, UUID id, Change<TradeShow> whole) {
    List<@Nullable Object> values = values(whole);
    values.addAll(List.of("company_id", companyId, "id", id));
    return sql.returning(ADD_SHOW.with(values.toArray()), ShowQueries::show).getFirst();
  }

  /// Empty when there is no such show; not done when it has another version than `version`, or
  /// would end before it begins.
  static Optional<Judged> change(
      SqlWriter sql, UUID id, @Nullable Long version, Change<TradeShow> change) {
    List<@Nullable Object> values = values(change);
    values.addAll(Arrays.asList("id", id, "version", version, "columns", change.columns()));
    return first(sql.returning(CHANGE_SHOW.with(values.toArray()), ShowQueries::judged));
  }

  /// Empty when there is no such show; not done when it has another version than `version`.
  static Optional<Judged> delete(SqlWriter sql, UUID id, @Nullable Long version) {
    return first(
        sql.returning(DELETE_SHOW.with("id", id, "version", version), ShowQueries::judged));
  }

  /// Reads the columns of [#COLUMNS].
  static TradeShow show(Row row) {
    return new TradeShow(
        row.uuid("id"),
        row.uuid("company_id"),
        row.text("name"),
        row.textOrNull("location"),
        row.dateOrNull("start_date"),
        row.dateOrNull("end_date"),
        row.textOrNull("description"),
        row.bigint("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static Judged judged(Row row) {
    return new Judged(row.bool("done"), show(row));
  }

  private static Optional<Judged> first(List<Judged> rows) {
    return rows.stream().findFirst();
  }

  private static List<@Nullable Object> values(Change<TradeShow> change) {
    List<@Nullable Object> values = new ArrayList<>();
    for (ShowField field : ShowField.values()) {
      values.add(field.column());
      values.add(change.get(field));
    }
    return values;
  }

  /// For each field `pattern` with its column and its parameter.
  private static String each(String pattern) {
    return Arrays.stream(ShowField.values())
        .map(
            field ->
                pattern.formatted(
                    field.column(), ":" + field.column() + (field.isDate() ? "::date" : "")))
        .collect(Collectors.joining(",\n  "));
  }
}
