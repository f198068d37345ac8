package showfloor.todos.tasks;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlReader;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Totals;

/// Lists of to-dos, at most two statements each. Thread-safe; throws
/// [showfloor.dbapi.DatabaseException].
final class TodoLists {
  private final Database database;
  private final InstantSource clock;
  private final Totals<TodoFilter> totals = new Totals<>();

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
    return new TodoListing(
        page.rows(),
        totals.pagination(filter, request, page, next(filter, page), most -> count(filter, most)));
  }

  private static TodoListing.Place place(String cursor, TodoFilter filter) {
    List<String> parts = Cursor.decode(cursor, filter.cursorHash(), TodoListing.Place.PARTS);
    return TodoListing.Place.of(parts).orElseThrow(Cursor::invalid);
  }

  private static Optional<String> next(TodoFilter filter, Page<TodoListing.Row> page) {
    return page.more()
        ? Optional.of(Cursor.encode(filter.cursorHash(), page.rows().getLast().place().parts()))
        : Optional.empty();
  }

  private long count(TodoFilter filter, int most) {
    return ListQueries.count(database, filter, clock.instant(), most);
  }
}
