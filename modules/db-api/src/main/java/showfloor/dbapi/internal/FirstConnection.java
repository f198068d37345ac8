package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.StartException;

/// Opens the physical pool with a single connection: the one that every fleet keeps for an instance
/// that starts. It grows once the instance has a share.
final class FirstConnection {
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final String FULL = "53300";

  private FirstConnection() {}

  /// `StartException` when there is no connection; where all are taken, not before `patience` ends.
  static HikariDataSource open(HikariConfig hikari, DatabaseConfig config, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        HikariDataSource pool = new HikariDataSource(hikari);
        // Made with the wanted size, for its queues have that size for ever.
        pool.getHikariConfigMXBean().setMaximumPoolSize(1);
        return pool;
      } catch (RuntimeException e) {
        Throwable cause = rootOf(e);
        boolean full = cause instanceof SQLException sql && FULL.equals(sql.getSQLState());
        if (!full || System.nanoTime() > end) {
          throw refusal(config, cause, full ? patience : Duration.ZERO, e);
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private static StartException refusal(
      DatabaseConfig config, Throwable cause, Duration waited, RuntimeException e) {
    String message =
        "cannot connect to %s as %s: %s".formatted(config.url(), config.user(), cause.getMessage());
    if (waited.isZero()) {
      return new StartException(message, e);
    }
    StartException full =
        new StartException(
            message
                + ", for %d s. In use is all that the server allows, wanted is 1 to start with and %d in all. Who has them, and more room (an administrator runs):"
                    .formatted(waited.toSeconds(), config.pool().size()),
            List.of(
                "select pid, datname, application_name, client_addr, backend_start from"
                    + " pg_stat_activity where usename = "
                    + Unprefixed.literal(config.user()),
                "select rolconnlimit from pg_roles where rolname = "
                    + Unprefixed.literal(config.user()),
                "alter role %s connection limit %d"
                    .formatted(
                        Unprefixed.identifier(config.user()),
                        Share.limitFor(config.pool().size()))));
    full.initCause(e);
    return full;
  }

  private static Throwable rootOf(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
