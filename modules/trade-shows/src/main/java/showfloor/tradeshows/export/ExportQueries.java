package showfloor.tradeshows.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dealers.DealerCsv;
import showfloor.dealers.DealerCsv.Line;
import showfloor.dealers.DealerCsv.Place;
import showfloor.httpapi.Json;

/// Reads the dealers of a show for an export.
final class ExportQueries {
  private static final Sql FIND_NAME =
      Sql.of("tradeshows.find_name", "SELECT s.name FROM tradeshows.shows s WHERE s.id = :show_id");

  private static final Sql EXPORT_LINKS =
      Sql.of(
          "tradeshows.export_links",
          """
          SELECT l.dealer_id, %s, n.content AS note,
            (SELECT count(*) FROM dealers.photos_of p
             WHERE p.company_id = l.company_id AND p.dealer_id = l.dealer_id) AS photo_count,
            l.captured_at
          FROM (
            SELECT l.company_id, l.dealer_id, l.captured_at
            FROM tradeshows.show_dealers l
            WHERE l.show_id = :show_id
              AND (l.captured_at, l.dealer_id) < (:captured_before, :before)
            ORDER BY l.captured_at DESC, l.dealer_id DESC
            LIMIT :page_limit) l
          JOIN dealers.leads d ON d.company_id = l.company_id AND d.id = l.dealer_id
          LEFT JOIN LATERAL (
            SELECT n.content FROM dealers.latest_notes n
            WHERE n.company_id = l.company_id AND n.dealer_id = l.dealer_id
            LIMIT 1) n ON true
          ORDER BY l.captured_at DESC, l.dealer_id DESC
          """
              .formatted(
                  DealerCsv.PROFILE.stream()
                      .map(column -> "d." + column.name())
                      .collect(Collectors.joining(", "))));

  private ExportQueries() {}

  static Optional<String> name(SqlReader sql, UUID showId) {
    return sql.find(FIND_NAME.with("show_id", showId), row -> row.text("name"));
  }

  static Page<Line> page(SqlReader sql, UUID showId, Place before, int size) {
    return sql.page(
        EXPORT_LINKS,
        size,
        ExportQueries::line,
        "show_id",
        showId,
        "captured_before",
        before.at(),
        "before",
        before.dealerId());
  }

  private static Line line(Row row) {
    List<@Nullable String> cells = new ArrayList<>(DealerCsv.PROFILE.size() + 3);
    for (DealerCsv.Column column : DealerCsv.PROFILE) {
      cells.add(cell(row, column.name()));
    }
    Instant captured = row.instant("captured_at");
    cells.add(row.textOrNull("note"));
    cells.add(Long.toString(row.bigint("photo_count")));
    cells.add(Json.instant(captured));
    return new Line(new Place(captured, row.uuid("dealer_id")), cells);
  }

  private static @Nullable String cell(Row row, String column) {
    if (!column.equals("rating")) {
      return row.textOrNull(column);
    }
    Integer rating = row.integerOrNull(column);
    return rating == null ? null : rating.toString();
  }
}
