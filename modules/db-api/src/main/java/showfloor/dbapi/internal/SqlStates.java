package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import showfloor.dbapi.DatabaseException;

/// PostgreSQL's error codes as kinds of [DatabaseException] (PostgreSQL manual, appendix A).
final class SqlStates {
  /// "cached plan must not change result type": a migration ran since the statement was prepared.
  static final String STALE_PLAN = "0A000";

  /// "sqlclient_unable_to_establish_sqlconnection".
  static final String NO_CONNECTION = "08001";

  static final String PROTOCOL_VIOLATION = "08P01";

  private SqlStates() {}

  static DatabaseException translate(String statement, SQLException e) {
    String state = state(e);
    String message = describe(statement, e);
    return switch (state) {
      case "23505", "23503", "23514", "23502", "23P01" ->
          new DatabaseException.ConstraintViolated(message, constraint(e), e);
      case "57014", "25P04" -> new DatabaseException.TimedOut(message, e);
      case "40001", "40P01", "55P03" -> new DatabaseException.Contended(message, e);
      case "53300" -> new DatabaseException.Overloaded(message, Duration.ofSeconds(1));
      default ->
          isConnectionLost(state)
              ? new DatabaseException.Unavailable(message, e)
              : new DatabaseException.Failed(message, e);
    };
  }

  /// The failure to get a connection at all: nothing was done.
  static DatabaseException unreached(String what, SQLException e) {
    DatabaseException failure = translate(what, e);
    return failure instanceof DatabaseException.Overloaded
        ? failure
        : new DatabaseException.Unavailable(describe(what, e), e);
  }

  /// Whether the connection is gone: class 08, the server ending the session, or the pool, which
  /// gives no code.
  private static boolean isConnectionLost(String state) {
    return state.isEmpty()
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("25P03");
  }

  /// Whether there is no server to talk to: nobody listens, or it starts or stops.
  static boolean isServerGone(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.equals("57P03");
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static String describe(String what, SQLException e) {
    return "%s failed: %s [%s]".formatted(what, e.getMessage(), e.getSQLState());
  }

  private static String constraint(SQLException e) {
    @Nullable ServerErrorMessage server =
        e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    @Nullable String name = server == null ? null : server.getConstraint();
    return name == null ? "" : name;
  }
}
