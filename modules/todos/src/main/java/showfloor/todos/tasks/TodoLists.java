package showfloor.todos.tasks;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlReader;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Pagination;
import showfloor.httpapi.Problem;

/// Lists of to-dos, at most two statements each. Thread-safe; throws
/// [showfloor.dbapi.DatabaseException].
final class TodoLists {
  /// Up to here a count is cheap and always exact.
  private static final int CHEAP = 10_000;

  private final Database database;
  private final InstantSource clock;

  TodoLists(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// All at once, as the reference answers; more than [SqlReader#ROWS_MAX] are a problem 400.
  List<TodoListing.Row> all(TodoFilter filter) {
    List<TodoListing.Row> rows = ListQueries.all(database, filter, clock.instant());
    if (rows.size() == SqlReader.ROWS_MAX && count(filter, rows.size() + 1) > rows.size()) {
      throw Problem.listTooLong("to-dos");
    }
    return rows;
  }

  /// A page of them. A cursor of another list is a problem 400.
  TodoListing page(TodoFilter filter, PageRequest request) {
    TodoListing.Place after = request.cursor().map(cursor -> place(cursor, filter)).orElse(null);
    var part = new ListQueries.Part(after, request.limit(), request.offset());
    Page<TodoListing.Row> page = ListQueries.page(database, filter, clock.instant(), part);
    return new TodoListing(page.rows(), pagination(filter, request, page));
  }

  private static TodoListing.Place place(String cursor, TodoFilter filter) {
    List<String> parts = Cursor.decode(cursor, filter.cursorHash(), TodoListing.Place.PARTS);
    return TodoListing.Place.of(parts).orElseThrow(Cursor::invalid);
  }

  private Pagination pagination(
      TodoFilter filter, PageRequest request, Page<TodoListing.Row> page) {
    Optional<String> next =
        page.more()
            ? Optional.of(Cursor.encode(filter.cursorHash(), page.rows().getLast().place().parts()))
            : Optional.empty();
    // Exact, but to a cursor only up to one more than is cheap.
    int most = request.byCursor() ? CHEAP + 1 : Integer.MAX_VALUE;
    long total = request.total(page, () -> count(filter, most));
    boolean capped = request.byCursor() && total > CHEAP;
    return Pagination.of(capped ? CHEAP : total, capped, request.page(), request.limit(), next);
  }

  private long count(TodoFilter filter, int most) {
    return ListQueries.count(database, filter, clock.instant(), most);
  }
}
