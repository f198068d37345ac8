package showfloor.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import showfloor.dbapi.DatabaseException;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// One of those who are compared: runs the same statement with the same prefix on five connections,
/// and waits for one of them at most ten seconds.
///
/// @param name for the table
/// @param handler takes a connection, runs a statement of so many seconds, gives it back
/// @param empty takes a connection, begins and ends a transaction without a statement (which sends
///   nothing), gives it back
record Side(String name, Handler handler, Runnable empty) {
  static final int CONNECTIONS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final UUID COMPANY = new UUID(7, 7);

  /// Runs one statement; false when it was turned away.
  @FunctionalInterface
  interface Handler {
    boolean run(double seconds);
  }

  static Side showfloor(TestServer server) {
    return new Side(
        "Showfloor",
        seconds -> {
          try {
            return server.in(COMPANY, () -> Pauses.pause(server.database(), seconds)) == 1;
          } catch (DatabaseException.Overloaded e) {
            return false;
          }
        },
        () -> server.in(COMPANY, () -> server.database().inTransaction(sql -> 1)));
  }

  static Side hikari(HikariDataSource pool) {
    return new Side("HikariCP", seconds -> jdbc(pool, seconds), () -> empty(pool));
  }

  static Side agroal(AgroalDataSource pool) {
    return new Side("Agroal", seconds -> jdbc(pool, seconds), () -> empty(pool));
  }

  static HikariDataSource hikariPool() {
    HikariConfig pool = new HikariConfig();
    pool.setDriverClassName("org.postgresql.Driver");
    pool.setJdbcUrl(TestPostgres.url());
    pool.setUsername(TestPostgres.user());
    pool.setPassword(TestPostgres.password());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    return new HikariDataSource(pool);
  }

  static AgroalDataSource agroalPool() throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.initialSize(CONNECTIONS)
                        .maxSize(CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .connectionProviderClassName("org.postgresql.Driver")
                                    .jdbcUrl(TestPostgres.url())
                                    .principal(new NamePrincipal(TestPostgres.user()))
                                    .credential(new SimplePassword(TestPostgres.password())))));
  }

  private static boolean jdbc(DataSource pool, double seconds) {
    try (Connection connection = pool.getConnection();
        var statement = connection.prepareStatement(Pauses.COMPOSITE)) {
      statement.setString(1, COMPANY.toString());
      statement.setString(2, " benchmark");
      statement.setString(3, "10000");
      statement.setString(4, "benchmark");
      statement.setDouble(5, seconds);
      statement.execute();
      statement.getMoreResults();
      try (var rows = statement.getResultSet()) {
        return rows.next() && rows.getInt("waited") == 1;
      }
    } catch (SQLException e) {
      return false;
    }
  }

  private static void empty(DataSource pool) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
