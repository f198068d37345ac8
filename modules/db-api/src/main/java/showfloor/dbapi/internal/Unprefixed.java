package showfloor.dbapi.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The door without the prefix: statements run as the login role itself, without tenant. For the
/// start (roles, migrations, catalogue), the monitor and the stop; no module's statement comes
/// here.
///
/// No fence stands before it, so the session may keep what is done here: it is reset before the
/// lease ends, and thrown away where that fails or anything went wrong.
final class Unprefixed {
  private final Connection connection;

  private Unprefixed(Connection connection) {
    this.connection = connection;
  }

  /// Runs `job` through the door of a lease.
  static <T> T on(Lease lease, Job<T> job) throws SQLException {
    lease.leaveFence();
    Unprefixed door = new Unprefixed(lease.view());
    T result = job.run(door);
    door.reset(lease.server().getParameterStatus("application_name"));
    lease.returnBehindFence();
    return result;
  }

  /// Runs a job of the pool's own watch, each of whose settings ends with its transaction, so there
  /// is nothing to reset. A reset every two seconds would cost the requests their prepared
  /// statements.
  static <T> T watching(Lease lease, Job<T> job) throws SQLException {
    lease.leaveFence();
    T result = job.run(new Unprefixed(lease.view()));
    lease.returnBehindFence();
    return result;
  }

  /// Makes the session a new one, under the name that the driver gave it.
  private void reset(@Nullable String name) throws SQLException {
    run("discard all; set application_name = " + literal(name == null ? "" : name));
  }

  /// How long a statement may be silent on this lease; the pool sets it back.
  void waitForAnswers(Duration limit) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
  }

  /// Runs one or more statements.
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// All rows of a query.
  <T> List<T> rows(String sql, Mapper<T> mapper, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(mapper.map(result));
        }
        return rows;
      }
    }
  }

  /// The only row of a query.
  <T> T row(String sql, Mapper<T> mapper, Object... parameters) throws SQLException {
    return rows(sql, mapper, parameters).getFirst();
  }

  /// The first column of all rows.
  List<String> texts(String sql, Object... parameters) throws SQLException {
    return rows(sql, result -> result.getString(1), parameters);
  }

  int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /// Several statements in one round trip, as one transaction where none is open. `reader` finds
  /// the first one's result, and steps through the others'.
  <T> T several(String sql, Reader<T> reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      statement.execute();
      return reader.read(statement);
    }
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  /// Has the server parse and plan a statement, and infer the types of its parameters.
  void prepare(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.getParameterMetaData();
    }
  }

  /// Runs `work` in one transaction.
  <X extends Exception> void inTransaction(Work<X> work) throws SQLException, X {
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (Throwable e) {
      undo(e);
      throw e;
    }
  }

  /// Quietly: what went wrong before says more than a connection that is lost.
  private void undo(Throwable cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /// What is done past the fence.
  @FunctionalInterface
  interface Job<T> {
    T run(Unprefixed door) throws SQLException;
  }

  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  interface Reader<T> {
    T read(PreparedStatement executed) throws SQLException;
  }

  @FunctionalInterface
  interface Work<X extends Exception> {
    void run() throws SQLException, X;
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
