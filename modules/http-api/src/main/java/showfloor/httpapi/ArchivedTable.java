package showfloor.httpapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import showfloor.dbapi.Sql;

/// A table in the archive of a company: one list of columns makes both the statement that tells its
/// rows and the one that takes them back. Not thread-safe; made and used while a class is loaded.
public final class ArchivedTable {
  private final String table;
  private final List<String> keys;
  private final List<String> columns;
  private final Map<String, String> instead = new LinkedHashMap<>();
  private String condition = "true";

  private ArchivedTable(String table, List<String> keys) {
    this.table = table;
    this.keys = keys;
    this.columns = new ArrayList<>(keys);
  }

  /// @param table with its schema: `dealers.notes`
  /// @param keys the columns of its primary key behind `company_id`
  public static ArchivedTable of(String table, String... keys) {
    return new ArchivedTable(table, List.of(keys));
  }

  /// Its other columns, but for those that the database makes itself.
  public ArchivedTable with(String... others) {
    columns.addAll(List.of(others));
    return this;
  }

  /// Only rows `r` of which this is true are taken back, such as those whose parent is there. The
  /// policy names the company.
  public ArchivedTable where(String truth) {
    condition = truth;
    return this;
  }

  /// Takes a column back as this expression over the row `r`.
  public ArchivedTable taking(String column, String expression) {
    instead.put(column, expression);
    return this;
  }

  /// A part that is told and taken back.
  ///
  /// @param sql `Sql.of`, called by the module itself: a statement is its caller's
  public ArchivePart.Table restored(BiFunction<String, String, Sql> sql) {
    return restored(sql, insert());
  }

  /// The same, taken back by another statement than an INSERT, such as a call of a function.
  public ArchivePart.Table restored(BiFunction<String, String, Sql> sql, String restore) {
    return part(sql, Optional.of(sql.apply(statement("restore"), restore)));
  }

  /// A part that is told and not taken back.
  public ArchivePart.Table told(BiFunction<String, String, Sql> sql) {
    return part(sql, Optional.empty());
  }

  private ArchivePart.Table part(BiFunction<String, String, Sql> sql, Optional<Sql> restore) {
    // A plan that is kept would begin each page at the first row.
    Sql tell = sql.apply(statement("archive"), page()).plannedAnew();
    return new ArchivePart.Table(table, List.copyOf(columns), tell, restore);
  }

  /// `dealers.archive_notes`.
  private String statement(String verb) {
    return table.replace(".", "." + verb + "_");
  }

  private String page() {
    return """
        SELECT %2$s::text AS key, %3$s::text AS line
        FROM %1$s r
        WHERE (:after::text IS NULL OR (%4$s) > (
          SELECT %5$s FROM jsonb_populate_record(NULL::%1$s, :after::jsonb) k))
        ORDER BY %4$s
        LIMIT :page_limit
        """
        .formatted(table, object(keys), object(columns), of("r", keys), of("k", keys));
  }

  // IS TRUE keeps the condition a look-up: joined, before the statistics know of what has just come
  // back, each line was read once for each row of the company (5,000 dealers: more than 10 s).
  private String insert() {
    return """
        INSERT INTO %1$s (company_id, %2$s)
        SELECT :company_id, %3$s
        FROM unnest(:lines::text[]) AS line,
          jsonb_populate_record(NULL::%1$s, line::jsonb) r
        WHERE (%4$s) IS TRUE
        ON CONFLICT DO NOTHING
        """
        .formatted(
            table,
            String.join(", ", columns),
            columns.stream()
                .map(column -> instead.getOrDefault(column, "r." + column))
                .collect(Collectors.joining(", ")),
            condition);
  }

  private static String object(List<String> columns) {
    return columns.stream()
        .flatMap(column -> Stream.of("'" + column + "'", "r." + column))
        .collect(Collectors.joining(", ", "jsonb_build_object(", ")"));
  }

  private static String of(String row, List<String> columns) {
    return columns.stream().map(column -> row + "." + column).collect(Collectors.joining(", "));
  }
}
