package showfloor.dbapi.internal;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import showfloor.dbapi.BoundSql;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.RowMapper;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.runtime.Operation;

/// Runs one statement on a lease, in one round trip with what protects it: module role, tenant, who
/// asks, deadline and name travel in front of it in the same pipelined message, and vanish with its
/// transaction. Thread-safe.
final class Statements {
  private final String rolePrefix;
  private final String instance;
  private final boolean limitsTransactions;
  private final Map<Sql, String> single = new ConcurrentHashMap<>();
  private final Map<Sql, String> first = new ConcurrentHashMap<>();
  private final LongAdder count = new LongAdder();
  private final LongAdder roundTrips = new LongAdder();

  /// @param limitsTransactions whether the server knows `transaction_timeout` (17 and later)
  Statements(String rolePrefix, String instance, boolean limitsTransactions) {
    this.rolePrefix = rolePrefix;
    this.instance = instance;
    this.limitsTransactions = limitsTransactions;
  }

  /// How `statement` is placed: alone, or as the first or a later one of a unit of work.
  enum Place {
    ALONE,
    FIRST,
    LATER
  }

  int update(Lease lease, BoundSql statement, Place place) {
    return run(lease, statement, place, PreparedStatement::getUpdateCount);
  }

  <T> List<T> rows(Lease lease, BoundSql statement, Place place, RowMapper<T> mapper) {
    return run(
        lease,
        statement,
        place,
        prepared -> {
          try (ResultSet result = prepared.getResultSet()) {
            return map(statement.sql(), result, mapper);
          }
        });
  }

  /// A trip to the server that carries no statement of ours: commit and rollback.
  void countTrip() {
    roundTrips.increment();
  }

  long count() {
    return count.sum();
  }

  long roundTrips() {
    return roundTrips.sum();
  }

  private <T> T run(Lease lease, BoundSql statement, Place place, Outcome<T> outcome) {
    Sql sql = statement.sql();
    if (lease.isOver()) {
      // Nobody waits for it any more: whoever slept past his deadline must not write on.
      throw new DatabaseException.TimedOut(
          sql.name() + " was not sent: its lease is past its deadline: " + lease, null);
    }
    lease.starts(sql);
    count.increment();
    roundTrips.increment();
    Connection connection = lease.physical();
    try (PreparedStatement prepared = connection.prepareStatement(text(sql, place))) {
      if (sql.isPlannedAnew()) {
        prepared.unwrap(PGStatement.class).setPrepareThreshold(0);
      }
      int next = bindPrefix(prepared, lease, place);
      for (int i = 0; i < statement.size(); i++) {
        bind(connection, prepared, next + i, statement.value(i));
      }
      // One more than may be returned, so that the driver does not hold millions before we refuse.
      prepared.setMaxRows(SqlReader.ROWS_MAX + 1);
      boolean _ =
          lease.driven(
              () -> {
                prepared.execute();
                return prepared.getMoreResults(); // the first result is the prefix's
              });
      return outcome.of(prepared);
    } catch (SQLException e) {
      throw failure(lease, sql, place, e);
    } finally {
      lease.ends();
    }
  }

  /// Why it failed. What a late statement did is known where it only read, where its COMMIT was
  /// never sent, or where PostgreSQL itself says so; a write of its own whose answer got lost may
  /// have happened.
  private static DatabaseException failure(Lease lease, Sql sql, Place place, SQLException e) {
    boolean undone = place != Place.ALONE || sql.reads();
    if (lease.isCancelled() && undone) {
      return new DatabaseException.TimedOut(
          sql.name() + " outlasted the deadline of its lease, or was cancelled", e);
    }
    return SqlStates.translate(sql.name(), e);
  }

  private static <T> List<T> map(Sql sql, ResultSet result, RowMapper<T> mapper)
      throws SQLException {
    List<T> values = new ArrayList<>();
    while (result.next()) {
      if (values.size() == SqlReader.ROWS_MAX) {
        throw new IllegalStateException(
            "%s returned more than %d rows".formatted(sql.name(), SqlReader.ROWS_MAX));
      }
      ResultSetRow row = new ResultSetRow(sql.name(), result);
      try {
        values.add(mapper.map(row));
      } finally {
        row.close();
      }
    }
    return values;
  }

  private String text(Sql sql, Place place) {
    return place == Place.FIRST && limitsTransactions
        ? first.computeIfAbsent(sql, s -> compose(s, true))
        : single.computeIfAbsent(sql, s -> compose(s, false));
  }

  private String compose(Sql sql, boolean withTransactionTimeout) {
    return """
    select set_config('role', '%s%s', true), set_config('app.company_id', ?, true), \
    set_config('app.actor', ?, true), set_config('statement_timeout', ?, true), \
    set_config('application_name', ?, true)%s; \
    /* %s */ %s\
    """
        .formatted(
            rolePrefix,
            sql.module(),
            withTransactionTimeout ? ", set_config('transaction_timeout', ?, true)" : "",
            sql.name(),
            sql.text());
  }

  /// The position of the statement's own first parameter.
  private int bindPrefix(PreparedStatement prepared, Lease lease, Place place) throws SQLException {
    Operation operation = lease.operation();
    long remaining = lease.remainingMs();
    prepared.setString(1, text(operation.companyId()));
    prepared.setString(2, text(operation.userId()) + " " + operation.requestId());
    prepared.setString(3, Long.toString(remaining));
    prepared.setString(4, instance + " " + operation.requestId());
    if (place == Place.FIRST && limitsTransactions) {
      // Ends the session, so it leaves room for the milder timeouts to act first.
      prepared.setString(5, Long.toString(remaining + 1_000));
      return 6;
    }
    return 5;
  }

  private static String text(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }

  private static void bind(
      Connection connection, PreparedStatement prepared, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      // An untyped null makes the driver ask for types; from then on it sends prefix and statement
      // apart, and the statement finds neither role nor tenant.
      case null -> prepared.setNull(at, Types.VARCHAR);
      case String text -> prepared.setString(at, text);
      case Instant instant -> prepared.setObject(at, instant.atOffset(ZoneOffset.UTC));
      case byte[] bytes -> prepared.setBytes(at, bytes);
      case BigDecimal decimal -> prepared.setBigDecimal(at, decimal);
      case Object[] array ->
          prepared.setArray(at, connection.createArrayOf(elementType(array), array));
      default -> prepared.setObject(at, value);
    }
  }

  private static String elementType(Object[] array) {
    Class<?> type = array.getClass().getComponentType();
    return switch (type.getSimpleName()) {
      case "String" -> "text";
      case "UUID" -> "uuid";
      case "Integer" -> "int4";
      case "Long" -> "int8";
      case "Boolean" -> "bool";
      default -> throw new IllegalArgumentException("no SQL array type for " + type);
    };
  }

  @FunctionalInterface
  private interface Outcome<T> {
    T of(PreparedStatement executed) throws SQLException;
  }
}
