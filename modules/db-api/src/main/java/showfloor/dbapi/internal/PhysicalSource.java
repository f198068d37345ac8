package showfloor.dbapi.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import showfloor.dbapi.sockets.DriverSockets;

/// Opens the physical connections of the pool. A server that takes connections and then says
/// nothing, or drips, is given up on: the driver's own limit for a login would leave a thread and a
/// socket behind each time, for as long as a statement may last. A server that is gone is asked
/// again soon: HikariCP alone would ask less and less often, in the end each 5 s.
final class PhysicalSource implements DataSource {
  private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(5);

  /// Above the longest lease: the watchdog acts long before.
  private static final Duration PATIENCE = Duration.ofSeconds(330);

  private static final Duration AGAIN = Duration.ofMillis(200);

  private final Driver driver = new Driver();
  private final String url;
  private final Properties properties;
  private volatile Server server = Server.UNKNOWN;
  private volatile boolean closed;

  private enum Server {
    /// It has never answered: a start, which fails at once.
    UNKNOWN,
    THERE,
    /// Callers have been told why.
    GONE
  }

  /// @param properties of the driver, those of the login among them
  PhysicalSource(String url, Properties properties) {
    this.url = url;
    this.properties = properties;
    // The login's limit is ours: the driver's own are as long, and say less.
    properties.setProperty("loginTimeout", "0");
    properties.setProperty("sslResponseTimeout", "0");
    properties.setProperty("socketFactory", DriverSockets.class.getName());
  }

  /// Returns late while the server is gone, until [#close].
  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = connect();
        server = Server.THERE;
        return connection;
      } catch (SQLException e) {
        boolean told = server == Server.GONE;
        if (server == Server.UNKNOWN || !SqlStates.isServerGone(e)) {
          throw e;
        }
        server = Server.GONE;
        if (!told || closed) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  /// Nobody waits for a server any more; the driver may have swallowed the interrupt that says so.
  void close() {
    closed = true;
  }

  private Connection connect() throws SQLException {
    DriverSockets.Login login = new DriverSockets.Login(LOGIN_PATIENCE);
    try {
      @Nullable Connection connection = login.call(() -> driver.connect(url, properties));
      if (connection == null) {
        throw new SQLException("the driver does not know this kind of URL: " + url);
      }
      connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
      return connection;
    } catch (SQLException e) {
      throw login.isGivenUp() ? givenUp(e) : e;
    }
  }

  /// What the driver says of it is only that its socket was closed.
  private static SQLException givenUp(SQLException e) {
    SQLException silent =
        new SQLException(
            "the server takes connections but does not answer", SqlStates.NO_CONNECTION);
    silent.addSuppressed(e);
    return silent;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is one login");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver logs through java.logging.
  }

  @Override
  public int getLoginTimeout() {
    return (int) LOGIN_PATIENCE.toSeconds();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The pool wishes its own; the driver would keep it with another thread.
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("there is nothing to unwrap");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
