package showfloor.dbapi.internal;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;

/// The current row of a result, readable until [#close].
public final class ResultSetRow implements Row {
  private final String statement;
  private final ResultSet result;
  private boolean open = true;

  ResultSetRow(String statement, ResultSet result) {
    this.statement = statement;
    this.result = result;
  }

  void close() {
    open = false;
  }

  @Override
  public String text(String column) {
    return present(column, textOrNull(column));
  }

  @Override
  public @Nullable String textOrNull(String column) {
    return read(column, result::getString);
  }

  @Override
  public UUID uuid(String column) {
    return present(column, uuidOrNull(column));
  }

  @Override
  public @Nullable UUID uuidOrNull(String column) {
    return read(column, c -> result.getObject(c, UUID.class));
  }

  @Override
  public int integer(String column) {
    return present(column, integerOrNull(column));
  }

  @Override
  public @Nullable Integer integerOrNull(String column) {
    return read(column, c -> nullable(result.getInt(c)));
  }

  @Override
  public long bigint(String column) {
    return present(column, bigintOrNull(column));
  }

  @Override
  public @Nullable Long bigintOrNull(String column) {
    return read(column, c -> nullable(result.getLong(c)));
  }

  @Override
  public boolean bool(String column) {
    return present(column, read(column, c -> nullable(result.getBoolean(c))));
  }

  @Override
  public double real(String column) {
    return present(column, read(column, c -> nullable(result.getDouble(c))));
  }

  @Override
  public BigDecimal decimal(String column) {
    return present(column, decimalOrNull(column));
  }

  @Override
  public @Nullable BigDecimal decimalOrNull(String column) {
    return read(column, result::getBigDecimal);
  }

  @Override
  public Instant instant(String column) {
    return present(column, instantOrNull(column));
  }

  @Override
  public @Nullable Instant instantOrNull(String column) {
    @Nullable OffsetDateTime value = read(column, c -> result.getObject(c, OffsetDateTime.class));
    return value == null ? null : value.toInstant();
  }

  @Override
  public LocalDate date(String column) {
    return present(column, dateOrNull(column));
  }

  @Override
  public @Nullable LocalDate dateOrNull(String column) {
    return read(column, c -> result.getObject(c, LocalDate.class));
  }

  @Override
  public byte[] bytes(String column) {
    return present(column, read(column, result::getBytes));
  }

  @Override
  public List<String> texts(String column) {
    return List.of((String[]) present(column, read(column, c -> elements(result.getArray(c)))));
  }

  @Override
  public List<UUID> uuids(String column) {
    return List.of((UUID[]) present(column, read(column, c -> elements(result.getArray(c)))));
  }

  private static @Nullable Object elements(@Nullable Array array) throws SQLException {
    return array == null ? null : array.getArray();
  }

  private <T> @Nullable T nullable(T value) throws SQLException {
    return result.wasNull() ? null : value;
  }

  private <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("%s: column %s is NULL".formatted(statement, column));
    }
    return value;
  }

  private <T> @Nullable T read(String column, Getter<T> getter) {
    if (!open) {
      throw new IllegalStateException("%s: a row dies with its mapper".formatted(statement));
    }
    try {
      return getter.get(column);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "%s: column %s cannot be read so: %s".formatted(statement, column, e.getMessage()), e);
    }
  }

  @FunctionalInterface
  private interface Getter<T> {
    @Nullable T get(String column) throws SQLException;
  }
}
