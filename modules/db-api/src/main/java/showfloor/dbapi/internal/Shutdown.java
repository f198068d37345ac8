package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Closes the pool within a time budget, whatever the server does: no step is waited for beyond it.
final class Shutdown {
  private static final Logger LOG = System.getLogger(Shutdown.class.getName());
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(700);

  /// With less than this left nobody else is asked.
  private static final Duration LEAST = Duration.ofMillis(50);

  private static final int UNKNOWN = -1;

  private final Leases leases;
  private final String instance;
  private final LastWord lastWord;

  /// @param lastWord said on the last connection, once it is alone
  Shutdown(Leases leases, String instance, LastWord lastWord) {
    this.leases = leases;
    this.instance = instance;
    this.lastWord = lastWord;
  }

  /// Sessions of this instance that are left on the server; -1 when it does not say in time.
  int run(Duration budget) {
    long began = System.nanoTime();
    long share = budget.toNanos() / 6;
    try {
      // Four sixths for those who hold a connection to finish, one to make them, one to look.
      awaitIdle(began + 4 * share);
      leases.stopLending();
      while (!leases.isIdle() && System.nanoTime() < began + 5 * share) {
        leases.reclaimAll();
        pause();
      }
      long deadline = began + budget.toNanos();
      return within(deadline - System.nanoTime(), () -> askUntilAnswered(deadline));
    } finally {
      within(
          CLOSE_LIMIT.toNanos(),
          () -> {
            leases.close();
            return 0;
          });
    }
  }

  private void awaitIdle(long until) {
    while (!leases.isIdle() && System.nanoTime() < until) {
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
  }

  /// Runs a step on a thread of its own, which is left behind when the step does not end in time.
  private static int within(long nanos, Step step) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("db-stop")
        .start(
            () -> {
              try {
                result.complete(step.run());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    try {
      return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "The server could not be asked for left sessions: {0}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return UNKNOWN;
  }

  /// The pool trusts a connection that was used a moment ago: whether one broke since is found out
  /// here, and then another is asked. Each is given half of the time there is.
  private int askUntilAnswered(long deadline) throws SQLException {
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        return lastSession(deadline - left / 2);
      } catch (SQLException struck) {
        if (deadline - System.nanoTime() < LEAST.toNanos()) {
          throw struck;
        }
        LOG.log(Level.DEBUG, "Another connection is asked: {0}", struck.toString());
        pause();
      }
    }
  }

  /// Closes the idle connections, then ends every other session of this instance until none is left
  /// or most of the time until `deadline` is over: the rest is for the answer.
  private int lastSession(long deadline) throws SQLException {
    try (Connection connection = leases.physical().getConnection()) {
      long enough = deadline - (deadline - System.nanoTime()) / 3;
      leases.shrink();
      // A little less than is left: what fails is told before the last line.
      int patienceMs = (int) Math.max(1, (deadline - System.nanoTime()) * 9 / 10 / 1_000_000);
      connection.setNetworkTimeout(Runnable::run, patienceMs);
      int left = endOthers(connection);
      while (left > 0 && System.nanoTime() < enough) {
        pause();
        left = endOthers(connection);
      }
      lastWord.say(connection);
      return left;
    }
  }

  private int endOthers(Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select count(pg_terminate_backend(pid))
              from pg_stat_activity
             where application_name like ? and pid <> pg_backend_pid()
               and usename = session_user\
            """)) {
      statement.setString(1, instance + "%");
      try (var result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  @FunctionalInterface
  interface LastWord {
    void say(Connection connection) throws SQLException;
  }

  @FunctionalInterface
  private interface Step {
    int run() throws SQLException;
  }
}
