package showfloor.tradeshows.shows;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlReader;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.Ids;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Pagination;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Totals;

/// Lists of shows: those without a first day, then the latest first. Thread-safe; throws
/// [showfloor.dbapi.DatabaseException].
final class ShowLists {
  private static final String LATEST_FIRST = "latest first";

  private final Database database;
  private final Totals<UUID> totals = new Totals<>();

  ShowLists(Database database) {
    this.database = database;
  }

  /// All shows as one array, as the reference's clients ask for them.
  JsonValue whole() {
    int most = SqlReader.ROWS_MAX;
    List<ShowRow> rows = ListQueries.first(database, most);
    if (rows.size() == most && ListQueries.count(database, most + 1) > most) {
      throw Problem.listTooLong("trade shows");
    }
    return Json.array(rows);
  }

  JsonValue page(UUID companyId, PageRequest request) {
    String hash = Cursor.filterHash(companyId, LATEST_FIRST);
    ListQueries.Place after = request.cursor().map(cursor -> place(cursor, hash)).orElse(null);
    Page<ShowRow> page = ListQueries.list(database, after, request.limit(), request.offset());
    Pagination pagination =
        totals.pagination(
            companyId, request, page, next(page, hash), most -> ListQueries.count(database, most));
    return Json.object(
        out -> {
          Json.array(out, "tradeShows", page.rows());
          Json.value(out, "pagination", pagination);
        });
  }

  private static Optional<String> next(Page<ShowRow> page, String hash) {
    if (!page.more()) {
      return Optional.empty();
    }
    ListQueries.Place last = ListQueries.Place.of(page.rows().getLast().show());
    return Optional.of(Cursor.encode(hash, last.listedOn().toString(), last.id().toString()));
  }

  private static ListQueries.Place place(String cursor, String hash) {
    List<String> parts = Cursor.decode(cursor, hash, 2);
    LocalDate listedOn = date(parts.getFirst());
    UUID id = Ids.parse(parts.getLast()).orElseThrow(Cursor::invalid);
    if (listedOn == null) {
      throw Cursor.invalid();
    }
    return new ListQueries.Place(listedOn, id);
  }

  // Whoever forges a place may not make PostgreSQL stumble over it.
  private static @Nullable LocalDate date(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() >= 1 && date.getYear() <= 9999 ? date : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
