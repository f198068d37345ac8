package showfloor.dbapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement and the values of its parameters. Made by [Sql#with]; immutable as far as the values
/// are, not to be kept.
public final class BoundSql {
  private static final Object MISSING = new Object();

  private final Sql sql;
  private final @Nullable Object[] values;

  private BoundSql(Sql sql, @Nullable Object[] values) {
    this.sql = sql;
    this.values = values;
  }

  static BoundSql of(Sql sql, @Nullable Object[] namesAndValues) {
    List<String> names = sql.parameters();
    if (namesAndValues.length != names.size() * 2) {
      throw new IllegalArgumentException(
          "%s takes %d parameters %s, got %d names and values"
              .formatted(sql.name(), names.size(), names, namesAndValues.length));
    }
    @Nullable Object[] values = new @Nullable Object[names.size()];
    java.util.Arrays.fill(values, MISSING);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      int index = names.indexOf(namesAndValues[i]);
      if (index < 0 || values[index] != MISSING) {
        throw new IllegalArgumentException(
            "%s has no parameter '%s' left to bind, it takes %s"
                .formatted(sql.name(), namesAndValues[i], names));
      }
      values[index] = namesAndValues[i + 1];
    }
    return new BoundSql(sql, values);
  }

  /// The statement.
  public Sql sql() {
    return sql;
  }

  /// How many `?` its text has.
  public int size() {
    return sql.positions().length;
  }

  /// The value for the `?` at `index`, counted from 0.
  public @Nullable Object value(int index) {
    return values[sql.positions()[index]];
  }
}
