package showfloor.dealers.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dealers.csv.DealerColumn;
import showfloor.httpapi.Json;

/// Reads dealers for an export.
final class ExportQueries {
  /// A place before every dealer: the newest come first.
  static final Place NEWEST =
      new Place(Instant.parse("9999-12-31T23:59:59.999999Z"), new UUID(-1, -1));

  private static final Sql EXPORT_DEALERS =
      Sql.of(
          "dealers.export_dealers",
          """
          SELECT id, %s
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

  /// Where a dealer stands in the export: as in a list of the newest.
  record Place(Instant createdAt, UUID id) {}

  /// One dealer as text, cell by cell in the order of the columns; an empty one is null.
  record Line(Place place, List<@Nullable String> cells) {}

  static Page<Line> page(SqlReader sql, Place before, int size) {
    return sql.page(
        EXPORT_DEALERS,
        size,
        ExportQueries::line,
        "created_before",
        before.createdAt(),
        "before",
        before.id());
  }

  private static Line line(Row row) {
    List<@Nullable String> cells = new ArrayList<>(DealerColumn.values().length);
    for (DealerColumn column : DealerColumn.values()) {
      cells.add(cell(row, column));
    }
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
