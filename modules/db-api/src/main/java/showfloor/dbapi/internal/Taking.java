package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;

/// A caller between its permit and its connection.
///
/// The pool may have to open or to test a connection, for seconds where the server is silent, and
/// knows no deadline of a caller. So where the pool may take longer than the caller has, a thread
/// of its own fetches the connection, and the caller's wait ends with its deadline; what comes
/// later goes back to the pool.
final class Taking {
  private static final long BRIEF = Duration.ofMillis(200).toNanos();

  private final Operation operation;
  private final long began = System.nanoTime();
  private final CompletableFuture<Connection> arrival = new CompletableFuture<>();

  Taking(Operation operation) {
    this.operation = operation;
  }

  Operation operation() {
    return operation;
  }

  /// Asks the pool. Whether the caller got the connection: where it did not, nobody has it.
  boolean fetch(HikariDataSource pool) {
    try {
      @Nullable Connection connection = pool.getConnection();
      boolean delivered = arrival.complete(connection);
      if (!delivered) {
        giveBack(pool, connection);
      }
      return delivered;
    } catch (Throwable e) {
      arrival.completeExceptionally(e);
      return false;
    }
  }

  /// Nobody waits for it any more.
  private static void giveBack(HikariDataSource pool, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      pool.evictConnection(connection);
    }
  }

  /// The connection, or why there is none by `deadline`; then it will not come either.
  Connection await(long deadline) {
    try {
      return arrival.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return unlessArrived(late(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unlessArrived(unavailable("the caller was interrupted after %d ms", e));
    }
  }

  /// Where next to nothing was left of the deadline the gate had used it up, and no server is
  /// silent.
  private DatabaseException late(TimeoutException cause) {
    return System.nanoTime() - began < BRIEF
        ? new DatabaseException.Overloaded(
            what() + ": nothing was left of the deadline", Duration.ofSeconds(1))
        : unavailable("not before the deadline, after %d ms", cause);
  }

  /// Nobody waits any more: what has arrived goes to `heir`, what comes later back to the pool.
  void forsake(Consumer<Connection> heir) {
    if (!arrival.completeExceptionally(unavailable("the caller broke off, %d ms", null))
        && !arrival.isCompletedExceptionally()) {
      heir.accept(arrival.join());
    }
  }

  /// Ends the wait of the caller, as the pool is being closed.
  void refuse() {
    arrival.completeExceptionally(unavailable("the database is being closed, %d ms", null));
  }

  private Connection unlessArrived(DatabaseException refusal) {
    arrival.completeExceptionally(refusal);
    try {
      return arrival.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private RuntimeException failure(Throwable cause) {
    return switch (cause) {
      case SQLException sql -> SqlStates.unreached(what(), sql);
      case DatabaseException refusal -> refusal;
      default -> unavailable("failed after %d ms", cause);
    };
  }

  private DatabaseException unavailable(String how, @Nullable Throwable cause) {
    return new DatabaseException.Unavailable(what() + ": " + how.formatted(waitedMs()), cause);
  }

  private String what() {
    return "%s %s: taking a connection".formatted(operation.module(), operation.name());
  }

  private long waitedMs() {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  PoolFacts.Waiter facts() {
    return Gate.facts(operation, began);
  }

  @Override
  public String toString() {
    return "%s/%s request=%s opens one since %,d ms"
        .formatted(operation.module(), operation.name(), operation.requestId(), waitedMs());
  }
}
