package showfloor.dbapi.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.BoundSql;
import showfloor.dbapi.Page;
import showfloor.dbapi.Sql;

/// What a call may ask for, and how its rows become its result.
final class Reads {
  private Reads() {}

  static BoundSql only(BoundSql query) {
    if (!query.sql().reads()) {
      throw new IllegalArgumentException(query.sql().name() + " writes: use execute or returning");
    }
    return query;
  }

  /// A write that answers with a count.
  static BoundSql counting(BoundSql statement) {
    if (writing(statement).sql().returnsRows()) {
      throw new IllegalArgumentException(
          statement.sql().name() + " answers with rows: use returning");
    }
    return statement;
  }

  /// A write that answers with rows.
  static BoundSql returning(BoundSql statement) {
    if (!writing(statement).sql().returnsRows()) {
      throw new IllegalArgumentException(
          statement.sql().name() + " has no RETURNING clause: use execute");
    }
    return statement;
  }

  private static BoundSql writing(BoundSql statement) {
    if (statement.sql().reads()) {
      throw new IllegalArgumentException(statement.sql().name() + " only reads: use list or find");
    }
    return statement;
  }

  static BoundSql pageOf(Sql query, int size, @Nullable Object[] namesAndValues) {
    @Nullable Object[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
    all[namesAndValues.length] = "page_limit";
    all[namesAndValues.length + 1] = size + 1;
    return only(query.with(all));
  }

  static <T> Page<T> page(int size, List<T> rows) {
    return rows.size() > size ? new Page<>(rows.subList(0, size), true) : new Page<>(rows, false);
  }

  static <T> Optional<T> atMostOne(Sql sql, List<T> rows) {
    if (rows.size() > 1) {
      throw new IllegalStateException(
          "%s returned %d rows, at most one was expected".formatted(sql.name(), rows.size()));
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
  }

  static <T> T exactlyOne(Sql sql, List<T> rows) {
    return atMostOne(sql, rows)
        .orElseThrow(
            () -> new IllegalStateException(sql.name() + " returned no row, one was expected"));
  }
}
