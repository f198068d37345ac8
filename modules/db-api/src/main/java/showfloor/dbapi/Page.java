package showfloor.dbapi;

import java.util.List;

/// Part of a longer list, read by key, not by offset.
///
/// @param rows at most as many as were asked for
/// @param more whether at least one row follows the last one
public record Page<T>(List<T> rows, boolean more) {
  public Page {
    rows = List.copyOf(rows);
  }
}
