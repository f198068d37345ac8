package showfloor.app;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import showfloor.app.configuration.Configuration;
import showfloor.app.configuration.ConfigurationException;
import showfloor.app.configuration.Settings;
import showfloor.app.stop.StopRequest;
import showfloor.testing.Observer;
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
    all.put("DATABASE_URL", Observer.url(""));
    for (int i = 0; i < environment.length; i += 2) {
      all.put(environment[i], environment[i + 1]);
    }
    return Configuration.read(Optional.empty(), all);
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

  @Override
  public void close() {
    if (!stopped) {
      stop();
    }
  }
}
