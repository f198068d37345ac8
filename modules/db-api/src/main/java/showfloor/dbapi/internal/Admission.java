package showfloor.dbapi.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// Who gets a permit, who waits, who is turned away: the rules of the [Gate] without its threads,
/// to try out every order of events. Not thread-safe; times are those of `System.nanoTime()`.
///
/// Urgent classes go first, first come first served within a class. One permit is kept for the
/// first class where there is more than one: the others have it only for what is known to be brief.
/// A class that was passed over [#TURN] times gets a turn. A queue that stands is shed, but for who
/// already had a connection. Who would not be served in time is turned away at once.
final class Admission {
  /// Waiters beyond this would not be served in time anyway.
  static final int QUEUE_MAX = 1_000;

  /// So often others go before a class that waits.
  static final int TURN = 8;

  /// An operation that holds a connection no longer than this keeps nobody waiting.
  private static final long BRIEF = StandingQueue.TARGET;

  /// One for each class, the most urgent first.
  private final List<Line> lines;

  private final HoldTimes holds = new HoldTimes();
  private final long ceiling;
  private int permits;
  private int free;
  private int heldByLower;
  private boolean closed;

  /// One who asked. Its outcome is final once there is one.
  static final class Ticket {
    final Operation operation;
    final long since;
    private final @Nullable Thread thread;
    private final long limit;
    private final boolean limitedByCeiling;
    private volatile boolean granted;
    private volatile @Nullable Refusal refusal;

    private Ticket(
        Operation operation, @Nullable Thread thread, long now, long deadline, long top) {
      this.operation = operation;
      this.thread = thread;
      this.since = now;
      this.limitedByCeiling = top - deadline < 0;
      this.limit = limitedByCeiling ? top : deadline;
    }

    boolean isGranted() {
      return granted;
    }

    @Nullable Refusal refusal() {
      return refusal;
    }

    boolean isDecided() {
      return granted || refusal != null;
    }

    private void decide(@Nullable Refusal why) {
      granted = why == null;
      refusal = why;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }

  private static final class Line {
    final Priority priority;
    final Deque<Ticket> waiting = new ArrayDeque<>();
    final StandingQueue state;
    int passedOver;

    Line(Priority priority, long now) {
      this.priority = priority;
      this.state = new StandingQueue(now);
    }
  }

  Admission(int permits, Duration ceiling, long now) {
    this.permits = permits;
    this.free = permits;
    this.ceiling = ceiling.toNanos();
    this.lines = Arrays.stream(Priority.values()).map(priority -> new Line(priority, now)).toList();
  }

  /// Somebody asks. The answer may already be decided; if not, it is in line.
  ///
  /// @param thread woken when it is decided
  Ticket ask(Operation operation, long deadline, @Nullable Thread thread, long now) {
    Ticket ticket = new Ticket(operation, thread, now, deadline, now + ceiling);
    int before = waitingBefore(operation.priority());
    if (closed) {
      ticket.refusal = Refusal.CLOSED;
    } else if (before == 0 && mayHold(operation)) {
      grant(ticket, now);
    } else if (before >= QUEUE_MAX) {
      ticket.refusal = Refusal.FULL;
    } else if (expectedEnd(operation, before) > deadline - now) {
      ticket.refusal = Refusal.DEADLINE;
    } else {
      line(operation).waiting.addLast(ticket);
      look(now);
    }
    return ticket;
  }

  /// A permit comes back after a lease of `held` nanoseconds.
  void leave(Operation operation, long held, long now) {
    try {
      if (!operation.module().equals("dbapi")) { // a migration says nothing about what modules do
        holds.add(operation.name(), held);
      }
    } finally { // without memory for a figure, too
      giveBack(operation, now);
    }
  }

  /// A permit comes back without a lease.
  void giveBack(Operation operation, long now) {
    int lower = operation.priority() == Priority.HIGH ? heldByLower : heldByLower - 1;
    if (free == permits || lower < 0) {
      throw new IllegalStateException("a permit came back twice: " + operation);
    }
    free++;
    heldByLower = lower;
    look(now);
  }

  /// Somebody in line goes; nothing happens when it is decided already.
  void giveUp(Ticket ticket, Refusal why, long now) {
    if (!ticket.isDecided() && line(ticket.operation).waiting.remove(ticket)) {
      ticket.decide(why);
    }
    look(now);
  }

  /// Turns away whose time is over, then gives out what is free.
  void look(long now) {
    boolean standing = false;
    for (Line line : lines) {
      // Nobody waits longer than those who are more urgent.
      standing |= line.state.stands(line.waiting.isEmpty(), holds.mean(), now);
      turnAway(line, standing, now);
    }
    for (@Nullable Ticket next = next(); next != null; next = next()) {
      line(next.operation).waiting.removeFirst();
      grant(next, now);
      next.decide(null);
    }
  }

  /// When [#look] may decide about a waiting ticket if nothing else happens before.
  long nextLook(Ticket ticket) {
    if (ticket.operation.progress().hasBegun()) {
      return ticket.limit;
    }
    StandingQueue state = line(ticket.operation).state;
    long patience = ticket.since + state.patience();
    long look = state.intervalEnd() - patience > 0 ? state.intervalEnd() : patience;
    return look - ticket.limit < 0 ? look : ticket.limit;
  }

  void close() {
    closed = true;
    for (Line line : lines) {
      line.waiting.forEach(ticket -> ticket.decide(Refusal.CLOSED));
      line.waiting.clear();
    }
  }

  /// More permits, as the pool may have more connections.
  void grow(int more, long now) {
    permits += more;
    free += more;
    look(now);
  }

  int permits() {
    return permits;
  }

  int free() {
    return free;
  }

  int waiting() {
    return waitingBefore(Priority.LOW);
  }

  /// Those in line, the most urgent class first.
  List<Ticket> line() {
    List<Ticket> all = new ArrayList<>();
    for (Line line : lines) {
      all.addAll(line.waiting);
    }
    return all;
  }

  /// Permits that come back in a second when all are held; 0 before the first came back.
  double drainPerSecond() {
    return holds.mean() == 0 ? 0 : permits * 1e9 / holds.mean();
  }

  private Line line(Operation operation) {
    return lines.get(
        switch (operation.priority()) {
          case HIGH -> 0;
          case NORMAL -> 1;
          case LOW -> 2;
        });
  }

  private void turnAway(Line line, boolean standing, long now) {
    for (Iterator<Ticket> tickets = line.waiting.iterator(); tickets.hasNext(); ) {
      Ticket ticket = tickets.next();
      boolean late = now - ticket.limit >= 0;
      boolean shed =
          standing
              && now - ticket.since >= line.state.patience()
              && !ticket.operation.progress().hasBegun();
      if (late || shed) {
        tickets.remove();
        ticket.decide(
            !late ? Refusal.SHED : ticket.limitedByCeiling ? Refusal.CEILING : Refusal.DEADLINE);
      }
    }
  }

  private void grant(Ticket ticket, long now) {
    free--;
    Priority own = ticket.operation.priority();
    if (own != Priority.HIGH) {
      heldByLower++;
    }
    for (Line line : lines) {
      int order = line.priority.compareTo(own);
      if (order == 0) {
        line.state.served(now - ticket.since);
        line.passedOver = 0;
      } else if (order > 0 && !line.waiting.isEmpty()) {
        line.passedOver++;
      }
    }
    ticket.granted = true;
  }

  /// Who gets the next permit: whose turn has come, else the most urgent.
  private @Nullable Ticket next() {
    @Nullable Ticket next = null;
    for (Line line : lines) {
      @Nullable Ticket first = line.waiting.peekFirst();
      if (first != null && mayHold(first.operation) && (next == null || line.passedOver >= TURN)) {
        next = first;
      }
    }
    return next;
  }

  private boolean mayHold(Operation operation) {
    if (free == 0) {
      return false;
    }
    if (operation.priority() == Priority.HIGH || permits == 1 || heldByLower < permits - 1) {
      return true;
    }
    double held = holds.of(operation.name());
    return held >= 0 && held <= BRIEF;
  }

  /// Those in line who are at least as urgent.
  private int waitingBefore(Priority priority) {
    int before = 0;
    for (Line line : lines) {
      if (line.priority.compareTo(priority) <= 0) {
        before += line.waiting.size();
      }
    }
    return before;
  }

  /// How long it would take to be served and to end.
  private double expectedEnd(Operation operation, int before) {
    return (before + 1) * holds.mean() / permits + Math.max(0, holds.of(operation.name()));
  }
}
