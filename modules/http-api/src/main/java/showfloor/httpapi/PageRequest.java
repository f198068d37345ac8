package showfloor.httpapi;

import java.util.Optional;
import java.util.function.LongSupplier;
import showfloor.dbapi.Page;

/// Which part of a list is asked for. `page` and `cursor` exclude each other.
///
/// @param page from 1; 1 where a cursor is given
/// @param limit rows, 1 to 200, 50 where none is given
/// @param cursor `pagination.nextCursor` of the page before; see [Cursor]
public record PageRequest(int page, int limit, Optional<String> cursor) {
  /// The highest page; beyond it only a cursor goes.
  public static final int PAGE_LAST = 1_000_000;

  /// Rows to skip.
  public int offset() {
    return (page - 1) * limit;
  }

  public boolean byCursor() {
    return cursor.isPresent();
  }

  /// How many rows there are in all. The last page knows it without counting, unless it was reached
  /// by a cursor, or is empty and not the first.
  public long total(Page<?> found, LongSupplier count) {
    int rows = found.rows().size();
    boolean knows = !found.more() && !byCursor() && (rows > 0 || page == 1);
    return knows ? offset() + (long) rows : count.getAsLong();
  }
}
