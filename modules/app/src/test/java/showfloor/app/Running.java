package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import showfloor.app.configuration.Configuration;
import showfloor.app.configuration.ConfigurationException;
import showfloor.app.configuration.Settings;
import showfloor.app.stop.StopRequest;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// The whole application in this process, on the test PostgreSQL and on free ports, and a session
/// beside its pool that looks at it from the server's side.
final class Running implements AutoCloseable {
  private final Application application;
  private boolean stopped;

  private Running(Application application) {
    this.application = application;
  }

  static Running start(String... environment) throws Exception {
    return new Running(Application.start(settings(environment), new StopRequest()));
  }

  /// Settings of a development server on free ports; `environment` is names and values in turn.
  static Settings settings(String... environment) throws ConfigurationException {
    Map<String, String> all = new HashMap<>();
    all.put("SHOWFLOOR_MODE", "development");
    all.put("PORT", "0");
    all.put("ADMIN_PORT", "0");
    all.put("STOP_BUDGET", "8s");
    all.put("DATABASE_URL", url(""));
    for (int i = 0; i < environment.length; i += 2) {
      all.put(environment[i], environment[i + 1]);
    }
    return Configuration.read(Optional.empty(), all);
  }

  /// The test database with credentials, and with more parameters such as `&connection_limit=1`.
  static String url(String parameters) {
    return "%s?user=%s&password=%s%s"
        .formatted(TestPostgres.url(), TestPostgres.user(), TestPostgres.password(), parameters);
  }

  TestClient client() {
    return TestClient.of(URI.create("http://127.0.0.1:" + application.port()));
  }

  TestClient admin() {
    return client().at(URI.create("http://127.0.0.1:" + application.adminPort()));
  }

  int port() {
    return application.port();
  }

  int adminPort() {
    return application.adminPort();
  }

  Application.Stopped stop() {
    stopped = true;
    return application.stop();
  }

  /// A session of the login, which is not one of the pool.
  static Connection session() throws SQLException {
    return session("showfloor");
  }

  /// The same in another database.
  static Connection session(String database) throws SQLException {
    return DriverManager.getConnection(
        TestPostgres.url().replaceFirst("/[^/]+$", "/" + database) + "?ApplicationName=observer",
        TestPostgres.user(),
        TestPostgres.password());
  }

  /// Sessions of any Showfloor on the server.
  static int sessions() {
    return sessions("true");
  }

  /// A session that was closed is listed until its server process has ended.
  static void awaitNoSession() {
    await("no session is left", () -> sessions() == 0);
  }

  /// Whether the server process of that number is a session of Showfloor.
  static boolean hasSession(int pid) {
    return sessions("pid = " + pid) > 0;
  }

  /// Those that run a statement.
  static int busySessions() {
    return sessions("state = 'active'");
  }

  private static int sessions(String condition) {
    String count =
        "select count(*) from pg_stat_activity where application_name like 'showfloor/%' and ";
    try (Connection connection = session();
        var statement = connection.createStatement();
        var result = statement.executeQuery(count + condition)) {
      result.next();
      return result.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Keeps the table of dealers locked until it is closed: whoever reads it waits.
  static Connection lockDealers() throws SQLException {
    Connection connection = session();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("set local role showfloor_owner");
      statement.execute("lock table dealers.dealers in access exclusive mode");
    }
    return connection;
  }

  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  /// Waits up to 15 s; `what` says what is missing when they are over.
  static void await(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  @Override
  public void close() {
    if (!stopped) {
      stop();
    }
  }
}
