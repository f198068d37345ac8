package showfloor.dbapi.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// A pool whose every step goes well, fails, takes long or never ends, as a script says; counts
/// what is lent and what came back. HikariCP's own promises hold: it gives a connection within its
/// patience or fails.
final class ScriptedPool extends HikariDataSource {
  private static final long PATIENCE_MS = 20;

  private final Map<Step, Outcome> script;
  private final AtomicInteger lent = new AtomicInteger();
  private final AtomicInteger mostLent = new AtomicInteger();
  private volatile boolean useless;

  /// How a step goes.
  enum Outcome {
    OK,
    ERROR,
    SLOW,
    NEVER
  }

  /// Where a script decides.
  enum Step {
    TAKE,
    BEGIN,
    BODY,
    END,
    POOL,
    CANCEL,
    ABORT;

    /// HikariCP sends nothing when a clean connection comes back (`SilentServerTest` holds it to
    /// that), so no server can keep this one step waiting.
    List<Outcome> outcomes() {
      return this == POOL
          ? List.of(Outcome.OK, Outcome.ERROR, Outcome.SLOW)
          : List.of(Outcome.values());
    }
  }

  /// @param script an outcome for each [Step], one of its own
  ScriptedPool(Map<Step, Outcome> script, int size) {
    this.script = script;
    setMaximumPoolSize(size);
    setConnectionTimeout(250);
  }

  /// From now on no lease can be made of a connection.
  void lendUseless() {
    useless = true;
  }

  /// Connections that are out now.
  int lent() {
    return lent.get();
  }

  /// The most that were out at a time.
  int mostLent() {
    return mostLent.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    switch (outcome(Step.TAKE)) {
      case OK -> {}
      case SLOW -> pause(3);
      case ERROR -> throw new SQLException("refused", "08001");
      case NEVER -> {
        pause(PATIENCE_MS);
        throw new SQLTransientConnectionException("no connection within the pool's patience");
      }
    }
    mostLent.accumulateAndGet(lent.incrementAndGet(), Math::max);
    return (Connection)
        Proxy.newProxyInstance(
            ScriptedPool.class.getClassLoader(),
            new Class<?>[] {BaseConnection.class},
            new Scripted());
  }

  @Override
  public void evictConnection(Connection connection) {
    ((Scripted) Proxy.getInvocationHandler(connection)).leave();
  }

  @Override
  public void close() {
    // There is nothing behind it.
  }

  private Outcome outcome(Step step) {
    return Objects.requireNonNull(script.get(step));
  }

  static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  /// One connection.
  private final class Scripted implements InvocationHandler {
    private final CountDownLatch cut = new CountDownLatch(1);
    private volatile TransactionState state = TransactionState.IDLE;
    private volatile boolean autoCommit = true;
    private boolean out = true;

    /// Back in the pool or thrown away: no longer lent, once.
    synchronized void leave() {
      if (out) {
        out = false;
        lent.decrementAndGet();
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    public @Nullable Object invoke(
        Object proxy, java.lang.reflect.Method method, @Nullable Object[] arguments)
        throws SQLException {
      return switch (method.getName()) {
        case "unwrap" -> {
          if (useless) {
            throw new SQLException("it is none of the driver's", "XX000");
          }
          yield proxy;
        }
        case "isClosed" -> cut.getCount() == 0;
        case "getTransactionState" -> state;
        case "getAutoCommit" -> autoCommit;
        case "getBackendPID" -> 1;
        case "getParameterStatuses" -> Map.of();
        case "setAutoCommit" -> {
          step(Step.BEGIN);
          autoCommit = Boolean.TRUE.equals(arguments[0]);
          yield null;
        }
        case "prepareStatement" -> statement();
        case "commit", "rollback" -> {
          step(Step.END);
          state = TransactionState.IDLE;
          yield null;
        }
        case "close" -> {
          step(Step.POOL);
          leave();
          yield null;
        }
        case "cancelQuery" -> {
          step(Step.CANCEL);
          cut.countDown();
          yield null;
        }
        case "abort" -> {
          cut.countDown();
          step(Step.ABORT);
          yield null;
        }
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> proxy == arguments[0];
        case "toString" -> "scripted";
        default -> throw new SQLException("not scripted: " + method);
      };
    }

    private void step(Step step) throws SQLException {
      if (cut.getCount() == 0 && step != Step.CANCEL && step != Step.ABORT && step != Step.POOL) {
        throw new SQLException("cut", "08006");
      }
      switch (outcome(step)) {
        case OK -> {}
        case SLOW -> pause(3);
        case ERROR -> throw new SQLException("scripted failure", "XX000");
        case NEVER -> never(step);
      }
    }

    /// A server that does not answer: until the connection is cut, or the driver's own bound.
    private void never(Step step) throws SQLException {
      if (step == Step.CANCEL || step == Step.ABORT) {
        pause(50);
        throw new SQLException("no answer within the driver's bound", "08001");
      }
      try {
        boolean ended = cut.await(60, TimeUnit.SECONDS);
        throw new SQLException(ended ? "cut" : "nobody ended it", "08006");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cut.countDown();
        throw new SQLException("interrupted", "08006", e);
      }
    }

    private PreparedStatement statement() {
      return (PreparedStatement)
          Proxy.newProxyInstance(
              ScriptedPool.class.getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "execute" -> {
                      state = autoCommit ? TransactionState.IDLE : TransactionState.OPEN;
                      try {
                        step(Step.BODY);
                      } catch (SQLException e) {
                        state = autoCommit ? TransactionState.IDLE : TransactionState.FAILED;
                        throw e;
                      }
                      yield true;
                    }
                    case "getMoreResults" -> false;
                    case "getUpdateCount" -> 1;
                    default -> null;
                  });
    }
  }
}
