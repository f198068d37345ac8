package showfloor.dbapi.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.embeddedpostgres.EmbeddedPostgres;
import showfloor.embeddedpostgres.Endpoint;
import showfloor.embeddedpostgres.Settings;

/// The PostgreSQL of this test run; every test class makes itself an empty database in it.
final class TestServer {
  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger NAMES = new AtomicInteger();
  static final String OWNER = "showfloor_owner";

  private TestServer() {}

  private static EmbeddedPostgres start() {
    try {
      Path folder =
          Files.createDirectories(
              Path.of("target", "test-postgres" + System.getProperty("showfloor.test.fork", "")));
      EmbeddedPostgres server = EmbeddedPostgres.start(Settings.forTests(folder));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(Duration.ofSeconds(10))));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Endpoint endpoint() {
    return SERVER.endpoint();
  }

  /// Whether a GRANT of this server has options of its own: from 16 on.
  static boolean hasGrantOptions() {
    try (Connection connection = connect("showfloor")) {
      return connection.getMetaData().getDatabaseMajorVersion() >= 16;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// An empty database that belongs to the owner role, reached by the login.
  static DatabaseConfig emptyDatabase(PoolSettings pool) {
    String name = unique("test");
    asOwner("showfloor", "create database " + name);
    return config(name, endpoint().user(), endpoint().password(), pool);
  }

  /// A name for a role or database: the server outlives the run.
  static String unique(String name) {
    return "%s_%d_%x".formatted(name, NAMES.incrementAndGet(), System.currentTimeMillis());
  }

  static DatabaseConfig config(String database, String user, String password, PoolSettings pool) {
    return new DatabaseConfig(
        "jdbc:postgresql://%s:%d/%s".formatted(endpoint().host(), endpoint().port(), database),
        user,
        password,
        Map.of(),
        pool);
  }

  /// Runs statements as the owner role, past everything under test.
  static void asOwner(String database, String... statements) {
    try (Connection connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute("set role " + OWNER);
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Rows of a company in a table of the test modules, read past everything under test.
  static long countOf(String database, String table, java.util.UUID company) {
    try (Connection connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute("set role " + OWNER);
      statement.execute("set app.company_id = '%s'".formatted(company));
      try (var result = statement.executeQuery("select count(*) from " + table)) {
        result.next();
        return result.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A session of the login beside the pool, to look at what the server sees.
  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?ApplicationName=observer"
            .formatted(endpoint().host(), endpoint().port(), database),
        endpoint().user(),
        endpoint().password());
  }

  static String databaseOf(DatabaseConfig config) {
    return config.url().substring(config.url().lastIndexOf('/') + 1);
  }
}
