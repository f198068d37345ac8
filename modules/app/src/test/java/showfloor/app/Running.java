package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import showfloor.app.configuration.Configuration;
import showfloor.app.configuration.ConfigurationException;
import showfloor.app.configuration.Settings;
import showfloor.app.stop.StopRequest;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// The whole application in this process, on the test PostgreSQL and on free ports, and a session
/// beside its pool that looks at it from the server's side.
public final class Running implements AutoCloseable {
  private final Application application;
  private boolean stopped;

  private Running(Application application) {
    this.application = application;
  }

  public static Running start(String... environment) throws Exception {
    return new Running(Application.start(settings(environment), new StopRequest()));
  }

  /// Settings of a development server on free ports with a pool of [TestPostgres#POOL];
  /// `environment` is names and values in turn, and counts before these.
  static Settings settings(String... environment) throws ConfigurationException {
    Map<String, String> all = new HashMap<>();
    all.put("SHOWFLOOR_MODE", "development");
    all.put("PAYMENTS_PROVIDER", "sandbox"); // which production wants to be told
    all.put("PORT", "0");
    all.put("ADMIN_PORT", "0");
    all.put("STOP_BUDGET", "8s");
    all.put("DATABASE_URL", Observer.url(""));
    all.put("DATABASE_POOL_MAXIMUM", Integer.toString(TestPostgres.POOL));
    for (int i = 0; i < environment.length; i += 2) {
      all.put(environment[i], environment[i + 1]);
    }
    return Configuration.read(Optional.empty(), all);
  }

  public TestClient client() {
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
  public static Connection session(String database) throws SQLException {
    return DriverManager.getConnection(
        TestPostgres.url().replaceFirst("/[^/]+$", "/" + database) + "?ApplicationName=observer",
        TestPostgres.user(),
        TestPostgres.password());
  }

  /// What of a `part` of the pool's page belongs to dealers: a heartbeat of the pool itself may
  /// hold a connection or wait, too.
  static List<JsonNode> ofDealers(TestClient admin, String part) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode entry : admin.get("/observe/connections").expect(200).json().path(part)) {
      if (entry.path("module").asText().equals("dealers")) {
        found.add(entry);
      }
    }
    return found;
  }

  /// Makes the server's processes stand still; [#thawDatabase] must follow.
  static List<String> freezeDatabase() throws IOException, InterruptedException {
    Path file = TestPostgres.FOLDER.resolve("postgres/cluster/postmaster.pid");
    ProcessHandle postmaster =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    List<String> processes =
        Stream.concat(Stream.of(postmaster), postmaster.descendants())
            .map(process -> Long.toString(process.pid()))
            .toList();
    signal("STOP", processes);
    return processes;
  }

  /// Makes the server's process of one session stand still; [#thawDatabase] must follow.
  static List<String> freezeSession(int backendPid) throws IOException, InterruptedException {
    List<String> process = List.of(Integer.toString(backendPid));
    signal("STOP", process);
    return process;
  }

  static void thawDatabase(List<String> processes) throws IOException, InterruptedException {
    signal("CONT", processes);
  }

  private static void signal(String name, List<String> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    command.addAll(processes);
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  @Override
  public void close() {
    if (!stopped) {
      stop();
    }
  }
}
