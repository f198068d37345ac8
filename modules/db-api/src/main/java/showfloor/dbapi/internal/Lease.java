package showfloor.dbapi.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;

/// One loan of a physical connection to one operation. The lease owns the connection: what is
/// handed on is a [LeaseView].
final class Lease {
  /// Who may end it: the holder from HELD, the watchdog from HELD or LATE.
  enum State {
    HELD,
    /// Past its deadline and cancelled: its connection must not be pooled again.
    LATE,
    RETURNED,
    RECLAIMED
  }

  private static final int FRAMES = 64;

  private final long id;
  private final Operation operation;
  private final Connection physical;
  private final BaseConnection server;
  private final Thread holder = Thread.currentThread();
  private final Instant since = Instant.now();
  private final long began = System.nanoTime();
  private final long deadline;
  private final AtomicLong heard;
  private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
  private @Nullable Connection view;
  private volatile @Nullable Sql statement;
  private volatile boolean running;

  /// When the step began whose answer is waited for; 0: none.
  private volatile long asked;

  private volatile boolean cutOff;

  private volatile boolean pastFence;
  private final int reported;

  /// @param heard is told when an answer comes
  Lease(long id, Operation operation, Connection physical, long deadline, AtomicLong heard)
      throws SQLException {
    this.id = id;
    this.operation = operation;
    this.physical = physical;
    this.server = physical.unwrap(BaseConnection.class);
    this.deadline = deadline;
    this.heard = heard;
    this.reported = server.getParameterStatuses().hashCode();
  }

  long id() {
    return id;
  }

  Operation operation() {
    return operation;
  }

  /// What the pool lent; for the way back, and for statements, which hand nothing of it on.
  Connection physical() {
    return physical;
  }

  /// The driver's own connection, for cancelling and for its transaction state.
  BaseConnection server() {
    return server;
  }

  /// Which server it is connected to.
  HostSpec host() {
    return server.getQueryExecutor().getHostSpec();
  }

  /// What is handed on; on the holder's thread.
  Connection view() {
    @Nullable Connection made = view;
    if (made == null) {
      made = LeaseView.of(physical);
      view = made;
    }
    return made;
  }

  boolean isHeldBy(Thread thread) {
    return holder == thread;
  }

  /// Notes which statement runs.
  void starts(Sql sql) {
    statement = sql;
    running = true;
  }

  /// Notes that it has ended.
  void ends() {
    running = false;
  }

  long heldNanos() {
    return System.nanoTime() - began;
  }

  /// What is left for statements, in milliseconds, at least 1.
  long remainingMs() {
    return Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
  }

  /// How far past its deadline, in nanoseconds; negative before.
  long overdue() {
    return System.nanoTime() - deadline;
  }

  boolean isLate() {
    return state.get() == State.LATE || state.get() == State.RECLAIMED;
  }

  /// It is ended as the network has cut the server off, which is no fault of its own.
  void cutOff() {
    cutOff = true;
  }

  /// Whether it was ended for what it did: it lasted too long, or an operator wished it.
  boolean isCancelled() {
    return isLate() && !cutOff;
  }

  /// Whether nothing more may be sent: it is late, or will be before it is seen to be.
  boolean isOver() {
    return overdue() >= 0 || isLate();
  }

  /// The watchdog's first step.
  boolean markLate() {
    return state.compareAndSet(State.HELD, State.LATE);
  }

  /// The watchdog's second step: from here on the connection is not the holder's.
  boolean reclaim() {
    return state.compareAndSet(State.LATE, State.RECLAIMED);
  }

  /// Nobody could take it: the watchdog looks at it again.
  void stayLate() {
    state.set(State.LATE);
  }

  /// The holder's end. The state before: only from HELD may the connection be pooled again.
  State end() {
    return state.getAndUpdate(before -> before == State.RECLAIMED ? before : State.RETURNED);
  }

  /// From here on the session may keep what is sent: such a lease is not clean.
  void leaveFence() {
    pastFence = true;
  }

  /// The session was reset.
  void returnBehindFence() {
    pastFence = false;
  }

  /// A step of the driver. An answer of the server, good or bad, is read to its end; whatever else
  /// breaks the step off (a stack that is full, a lack of memory, an answer that no server should
  /// give) leaves the rest of it in the connection, where the next holder would take it for his
  /// own: then it is not clean. What the server did is as unknown as where it did not answer.
  <T> T driven(Step<T> step) throws SQLException {
    asked = System.nanoTime();
    try {
      T result = step.run();
      heard.set(System.nanoTime());
      return result;
    } catch (PSQLException e) {
      if (e.getServerErrorMessage() != null) {
        heard.set(System.nanoTime());
      }
      throw e;
    } catch (RuntimeException e) {
      leaveFence();
      throw new SQLException("the server's answer made no sense", SqlStates.PROTOCOL_VIOLATION, e);
    } catch (Error e) {
      leaveFence();
      throw e;
    } finally {
      asked = 0;
    }
  }

  /// Whether it waits for an answer of the server, and did so at that moment.
  boolean waitsSince(long moment) {
    long began = asked;
    return began != 0 && began - moment <= 0;
  }

  /// What talks to the server.
  @FunctionalInterface
  interface Step<T> {
    T run() throws SQLException;
  }

  /// Whether the session is as it was: connected, in autocommit, outside of a transaction, with the
  /// settings that the server reports (time zone, styles, name, from 18 on the search path).
  boolean isClean() {
    try {
      return !pastFence
          && !server.isClosed()
          && server.getParameterStatuses().hashCode() == reported
          && server.getTransactionState() == TransactionState.IDLE
          && server.getAutoCommit();
    } catch (SQLException e) {
      return false;
    }
  }

  boolean isTransactionOpen() {
    return server.getTransactionState() == TransactionState.OPEN;
  }

  PoolFacts.LeaseFacts facts() {
    @Nullable Sql sql = statement;
    @Nullable UUID company = operation.companyId();
    return new PoolFacts.LeaseFacts(
        id,
        operation.module(),
        operation.name(),
        operation.requestId(),
        company == null ? null : company.toString(),
        sql == null ? "" : sql.name(),
        holder.getName().isEmpty() ? "#" + holder.threadId() : holder.getName(),
        since,
        Duration.ofNanos(heldNanos()).toMillis(),
        Duration.ofNanos(deadline - began).toMillis(),
        server.getBackendPID(),
        switch (state.get()) {
          case HELD -> "held";
          case LATE, RECLAIMED -> "late";
          case RETURNED -> "ended";
        },
        session(),
        stack());
  }

  private String session() {
    return switch (server.getTransactionState()) {
      case IDLE -> running ? "active" : "idle";
      case OPEN -> running ? "active" : "idle in transaction";
      case FAILED -> "idle in transaction (aborted)";
    };
  }

  private List<String> stack() {
    return Arrays.stream(holder.getStackTrace())
        .limit(FRAMES)
        .map(
            frame ->
                "%s.%s(%s:%d)"
                    .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
        .toList();
  }

  @Override
  public String toString() {
    PoolFacts.LeaseFacts facts = facts();
    return "#%d %s %s (request %s) %s for %d ms of %d, %s"
        .formatted(
            id,
            facts.module(),
            facts.operation(),
            facts.requestId(),
            facts.state(),
            facts.heldMs(),
            facts.budgetMs(),
            facts.statement().isEmpty() ? "no statement yet" : "statement " + facts.statement());
  }
}
