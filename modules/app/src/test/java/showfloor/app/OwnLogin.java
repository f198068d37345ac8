package showfloor.app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import showfloor.testing.Observer;
import showfloor.testing.TestPostgres;

/// Logins and databases beside those that all tests share. The server outlives the test, so each
/// has a name of its own.
final class OwnLogin {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String PASSWORD = "x";

  private OwnLogin() {}

  static String name(String base) {
    return "%s_%d_%x".formatted(base, NAMES.incrementAndGet(), System.currentTimeMillis());
  }

  /// A login that may have so many connections, with a database of its own and the same name.
  static String limited(int connections) throws SQLException {
    String login = name("limited");
    asOwner(
        "showfloor",
        "create role %s login createrole connection limit %d password '%s'"
            .formatted(login, connections, PASSWORD),
        "grant %s to showfloor_owner".formatted(login),
        "create database %1$s owner %1$s".formatted(login));
    return login;
  }

  /// Where the usual login finds a database.
  static String onDatabase(String name) {
    return Observer.url("").replaceFirst("/showfloor\\?", "/" + name + "?");
  }

  /// Where a login finds the database of its name.
  static String url(String login) {
    return onDatabase(login)
        .replaceFirst(
            "user=[^&]*&password=[^&]*", "user=%s&password=%s".formatted(login, PASSWORD));
  }

  /// A session of a login in the database of its name, which is not one of a pool.
  static Connection session(String login) throws SQLException {
    return DriverManager.getConnection(
        TestPostgres.url().replaceFirst("/[^/]+$", "/" + login), login, PASSWORD);
  }

  static void asOwner(String database, String... statements) throws SQLException {
    try (Connection connection = Running.session(database);
        var statement = connection.createStatement()) {
      statement.execute("set role showfloor_owner");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
