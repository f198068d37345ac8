package showfloor.dealers.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dealers.DealerCsv.Line;
import showfloor.dealers.DealerCsv.Place;
import showfloor.dealers.csv.DealerColumn;
import showfloor.httpapi.Json;

/// Reads dealers for an export.
final class ExportQueries {
  private static final Sql EXPORT_DEALERS =
      Sql.of(
          "dealers.export_dealers",
          """
          SELECT id, %s, ARRAY(
            SELECT coalesce(custom_fields ->> k.key, '')
            FROM unnest(:keys::text[]) WITH ORDINALITY AS k (key, place) ORDER BY k.place) AS custom
          FROM dealers.dealers
          WHERE (created_at, id) < (:created_before, :before)
          ORDER BY created_at DESC, id DESC
          LIMIT :page_limit
          """
              .formatted(
                  Arrays.stream(DealerColumn.values())
                      .map(DealerColumn::column)
                      .collect(Collectors.joining(", "))));

  private ExportQueries() {}

  /// @param keys of the company's own fields, whose values stand at the end of each line
  static Page<Line> page(SqlReader sql, List<String> keys, Place before, int size) {
    return sql.page(
        EXPORT_DEALERS,
        size,
        ExportQueries::line,
        "keys",
        keys.toArray(String[]::new),
        "created_before",
        before.at(),
        "before",
        before.dealerId());
  }

  private static Line line(Row row) {
    List<@Nullable String> cells = new ArrayList<>();
    for (DealerColumn column : DealerColumn.values()) {
      cells.add(cell(row, column));
    }
    cells.addAll(row.texts("custom"));
    return new Line(new Place(row.instant("created_at"), row.uuid("id")), cells);
  }

  private static @Nullable String cell(Row row, DealerColumn column) {
    return switch (column) {
      case RATING -> {
        Integer rating = row.integerOrNull(column.column());
        yield rating == null ? null : rating.toString();
      }
      case CREATED_AT -> {
        Instant created = row.instant(column.column());
        yield Json.instant(created);
      }
      default -> row.textOrNull(column.column());
    };
  }
}
