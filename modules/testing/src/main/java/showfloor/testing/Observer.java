package showfloor.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sees the test PostgreSQL as the server itself does, through sessions beside every pool.
public final class Observer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Look LOOK = new Look();

  private Observer() {}

  /// The test database with credentials, and with more parameters such as `&connection_limit=1`.
  public static String url(String parameters) {
    return "%s?user=%s&password=%s%s"
        .formatted(TestPostgres.url(), TestPostgres.user(), TestPostgres.password(), parameters);
  }

  /// Sessions of any Showfloor on the server.
  public static int sessions() {
    return sessions("true");
  }

  /// Those that run a statement.
  public static int busySessions() {
    return sessions("state = 'active'");
  }

  /// Those for which a condition on `pg_stat_activity` holds.
  public static int sessions(String condition) {
    return number(
        "select count(*) from pg_stat_activity where application_name like 'showfloor/%' and "
            + condition);
  }

  /// The one number that a query of the login answers.
  public static int number(String query) {
    return Integer.parseInt(text(query));
  }

  /// The one value that a query of the login answers.
  public static String text(String query) {
    synchronized (LOOK) {
      try (var statement = LOOK.session().createStatement();
          var result = statement.executeQuery(query)) {
        result.next();
        return result.getString(1);
      } catch (SQLException e) {
        throw new IllegalStateException(query, e);
      }
    }
  }

  /// The one value that a query of the owner answers about the rows of `company`, past the grants
  /// of the modules.
  public static String textOf(UUID company, String query) {
    try (Connection connection = session()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local role showfloor_owner");
        statement.execute("set local app.company_id = '%s'".formatted(company));
        try (var result = statement.executeQuery(query)) {
          result.next();
          return result.getString(1);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /// A session that was closed is listed until its server process has ended.
  public static void awaitNoSession() {
    await("no session is left", () -> sessions() == 0);
  }

  /// Writes a company with its owner into the tables of `auth`, for tests of modules that read them
  /// and are built without it.
  public static void addCompany(UUID company, UUID user) {
    asOwner(
        "select set_config('app.company_id', '%s', true)".formatted(company),
        "insert into auth.companies (company_id, name, created_at) values ('%s', 'Acme', now())"
            .formatted(company),
        """
        insert into auth.users (company_id, id, email, first_name, last_name, role, created_at)
        values ('%s', '%s', '%s@example.com', 'Jo', 'Rivera', 'owner', now())
        """
            .formatted(company, user, user));
  }

  /// The one number that a query of the owner answers: of a system table, which no tenant has.
  public static int asOwnerNumber(String query) {
    return Integer.parseInt(asOwnerText(query));
  }

  /// The one value that a query of the owner answers.
  public static String asOwnerText(String query) {
    try (Connection connection = session()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local role showfloor_owner");
        try (var result = statement.executeQuery(query)) {
          result.next();
          return result.getString(1);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs statements as the owner of all tables, in one transaction: for what no module does.
  public static void asOwner(String... statements) {
    try (Connection connection = session()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local role showfloor_owner");
        for (String each : statements) {
          statement.execute(each);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Keeps the table of dealers locked: whoever reads it waits.
  public static Lock lockDealers() {
    return lock("dealers.dealers");
  }

  /// Keeps a table locked: whoever reads it waits.
  public static Lock lock(String table) {
    try {
      Connection connection = session();
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local role showfloor_owner");
        statement.execute("lock table " + table + " in access exclusive mode");
      }
      return new Lock(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A lock that lasts until it is released.
  public static final class Lock implements AutoCloseable {
    private final Connection connection;

    private Lock(Connection connection) {
      this.connection = connection;
    }

    /// Lets those go on who wait for it.
    public void release() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      release();
    }
  }

  /// Runs a statement on `table` as its owner and on every company's rows, as an administrator
  /// would; what a query answers, else how many rows it touched.
  public static long pastPolicies(String table, String statement) {
    try (Connection connection = session();
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("set local role showfloor_owner");
      sql.execute("alter table " + table + " no force row level security");
      long answer;
      if (sql.execute(statement)) {
        try (var result = sql.getResultSet()) {
          result.next();
          answer = result.getLong(1);
        }
      } else {
        answer = sql.getUpdateCount();
      }
      sql.execute("alter table " + table + " force row level security");
      connection.commit();
      return answer;
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /// Waits for what another thread, process or the server does, a minute at most, for machines that
  /// stall; then it is an `AssertionError`.
  public static void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE, condition);
  }

  /// The same, with words that are made when the time is over.
  public static void await(Supplier<String> what, BooleanSupplier condition) {
    await(what, PATIENCE, condition);
  }

  /// Waits so long at most.
  public static void await(String what, Duration limit, BooleanSupplier condition) {
    await(() -> what, limit, condition);
  }

  private static void await(Supplier<String> what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %s: %s".formatted(limit, what.get()));
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /// One session that stays, so that looking often costs the server little.
  private static final class Look {
    private @Nullable Connection session;

    Connection session() throws SQLException {
      @Nullable Connection open = session;
      if (open == null || !open.isValid(5)) {
        open = Observer.session();
        session = open;
      }
      return open;
    }
  }

  private static Connection session() throws SQLException {
    return DriverManager.getConnection(
        TestPostgres.url() + "?ApplicationName=observer",
        TestPostgres.user(),
        TestPostgres.password());
  }
}
