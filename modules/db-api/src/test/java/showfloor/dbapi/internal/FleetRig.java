package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.core.BaseConnection;
import showfloor.dbapi.runtime.DatabaseConfig;

/// Several pools as several instances, on a database and a login of their own.
final class FleetRig implements AutoCloseable {
  /// Says nothing by itself, so it is as good as frozen; others count it as dead after 1.5 s.
  static final Rhythm SILENT = rhythm(Duration.ofHours(1));

  static final Rhythm LIVELY = rhythm(Duration.ofMillis(100));

  private final String login = TestServer.unique("fleet");
  private final List<Pool> pools = new ArrayList<>();
  private final List<Connection> sessions = new ArrayList<>();

  /// @param limit of the login's connections, -1 for none
  FleetRig(int limit) {
    TestServer.asOwner(
        "showfloor",
        "create role %s login createrole connection limit %d password 'x'".formatted(login, limit),
        "grant %s to showfloor_owner".formatted(login),
        "create database %1$s owner %1$s".formatted(login));
    Pool first = Pool.open(config(1), SILENT);
    first.migrate(List.of(Rig.SHOP, Rig.OTHER));
    first.close(Duration.ofSeconds(3));
  }

  private static Rhythm rhythm(Duration beat) {
    return new Rhythm(
        beat, Duration.ofMillis(1_500), Duration.ofSeconds(3), Duration.ofMillis(700));
  }

  DatabaseConfig config(int connections) {
    return TestServer.config(login, login, "x", Rig.pool(connections));
  }

  String login() {
    return login;
  }

  Pool open(int connections, Rhythm rhythm) {
    Pool pool = Pool.open(config(connections), rhythm);
    pools.add(pool);
    return pool;
  }

  /// A session of the login beside all pools.
  Connection session(String application) throws SQLException {
    Connection session =
        DriverManager.getConnection(
            config(1).url() + "?ApplicationName=" + application, login, "x");
    sessions.add(session);
    return session;
  }

  /// A COPY whose client sends nothing: no timeout of the server ends it.
  Connection stalledCopy(String application) throws SQLException {
    Connection session = session(application);
    try (var statement = session.createStatement()) {
      statement.execute("create temp table copied (line text)");
    }
    Object copy =
        session
            .unwrap(BaseConnection.class)
            .getQueryExecutor()
            .startCopy("copy copied from stdin", false);
    assertThat(copy).isNotNull();
    return session;
  }

  /// Writes to the registry past everything under test.
  void registry(String sql) throws SQLException {
    try (Connection observer = session("observer");
        var statement = observer.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Ends a server process, and waits until it is gone.
  void end(int pid) {
    count("select count(pg_terminate_backend(%d, 5000))".formatted(pid));
  }

  /// Instances in the registry under a condition.
  long instances(String condition) {
    return count("select count(*) from dbapi.instances where " + condition);
  }

  /// Sessions on the server whose name begins with `application`.
  long sessions(String application) {
    return count(
        "select count(*) from pg_stat_activity where usename = session_user"
            + " and application_name like '%s%%'".formatted(application));
  }

  /// Sessions that wait for an advisory lock.
  long waitingForLocks() {
    return count("select count(*) from pg_locks where locktype = 'advisory' and not granted");
  }

  long items(UUID company) {
    return count(
        "select set_config('app.company_id', '%s', false); select count(*) from shop.items"
            .formatted(company));
  }

  private long count(String sql) {
    try (Connection observer =
            DriverManager.getConnection(config(1).url() + "?ApplicationName=observer", login, "x");
        var statement = observer.createStatement()) {
      boolean first = sql.contains(";");
      statement.execute(sql);
      if (first) {
        statement.getMoreResults();
      }
      try (var result = statement.getResultSet()) {
        result.next();
        return result.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection session : sessions) {
      session.close();
    }
    pools.forEach(pool -> pool.close(Duration.ofSeconds(3)));
  }
}
