package showfloor.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A login with a database and a CONNECTION LIMIT of its own, and a look at its sessions that is
/// none of them.
///
/// @param server a JDBC URL without a database, as it is now
/// @param beside who makes it and looks: an owner of roles and databases
record OwnLogin(Supplier<String> server, Credentials beside, String name, int limit) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  static final String PASSWORD = "x";

  /// What a session is opened with.
  record Credentials(String user, String password) {}

  /// Makes it.
  static OwnLogin make(Supplier<String> server, Credentials beside, String name, int limit) {
    OwnLogin login = new OwnLogin(server, beside, name, limit);
    try (Connection connection = login.look();
        var statement = connection.createStatement()) {
      statement.execute("set role showfloor_owner");
      statement.execute(
          "create role %s login createrole connection limit %d password '%s'"
              .formatted(name, limit, PASSWORD));
      statement.execute("grant %s to showfloor_owner".formatted(name));
      statement.execute("create database %1$s owner %1$s".formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return login;
  }

  /// Its database as a JDBC URL.
  String database() {
    return server.get() + "/" + name;
  }

  /// A `DATABASE_URL` for these `hosts`, such as `127.0.0.1:5432`.
  String url(String hosts) {
    return "jdbc:postgresql://%s/%s?user=%s&password=%s".formatted(hosts, name, name, PASSWORD);
  }

  /// One more session of this login.
  Connection session(String application) throws SQLException {
    return DriverManager.getConnection(
        "%s?ApplicationName=%s".formatted(database(), application), name, PASSWORD);
  }

  private Connection look() throws SQLException {
    return DriverManager.getConnection(
        server.get() + "/showfloor?ApplicationName=observer", beside.user(), beside.password());
  }

  /// How many sessions it has, for which a condition on `pg_stat_activity` holds.
  int sessions(String condition) throws SQLException {
    try (Connection connection = look()) {
      return sessions(connection, condition);
    }
  }

  private int sessions(Connection connection, String condition) throws SQLException {
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where usename = '%s' and (%s)"
                    .formatted(name, condition))) {
      result.next();
      return result.getInt(1);
    }
  }

  /// Looks again and again until it is closed.
  Watch watch() {
    return new Watch(this);
  }

  /// The most sessions that were seen at once.
  static final class Watch implements AutoCloseable {
    private final Thread thread;
    private volatile boolean ended;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile int most;

    private Watch(OwnLogin login) {
      thread = Thread.ofPlatform().name("session-watch").start(() -> run(login));
    }

    private void run(OwnLogin login) {
      while (!ended) {
        try (Connection connection = login.look()) {
          while (!ended) {
            most = Math.max(most, login.sessions(connection, "true"));
            looks.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
          }
        } catch (SQLException down) {
          LockSupport.parkNanos(BETWEEN_LOOKS.toNanos()); // without a server there is no session
        }
      }
    }

    int looks() {
      return looks.get();
    }

    int most() {
      return most;
    }

    @Override
    public void close() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
