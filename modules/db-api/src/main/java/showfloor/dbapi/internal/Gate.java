package showfloor.dbapi.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.internal.Admission.Ticket;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;

/// Admission in front of the pool: as many permits as it has connections, so that nobody ever waits
/// inside HikariCP, which is unfair to virtual threads (measured: longest wait 3.2 s against 0.16
/// s). The rules are [Admission]'s; here are its lock and its waiting threads. Thread-safe.
final class Gate {
  private static final Duration RETRY_MAX = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Admission admission;
  private final Map<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();
  private final Report report;

  /// @param report tells who holds the permits, for the message of a refusal
  Gate(int permits, Duration waitMax, Report report) {
    this.admission = new Admission(permits, waitMax, System.nanoTime());
    this.report = report;
  }

  /// Takes a permit, waiting until `deadline` (of `System.nanoTime()`) at most. The caller owes a
  /// [#leave] or a [#giveBack].
  void enter(Operation operation, long deadline) {
    Ticket ticket;
    lock.lock();
    try {
      long now = System.nanoTime();
      ticket = admission.ask(operation, deadline, Thread.currentThread(), now);
    } finally {
      lock.unlock();
    }
    while (!ticket.isDecided()) {
      await(ticket);
    }
    @Nullable Refusal refusal = ticket.refusal();
    if (refusal != null) {
      refusals.computeIfAbsent(refusal, why -> new LongAdder()).increment();
      throw refused(ticket, refusal, deadline);
    }
  }

  /// Gives a permit back after a lease of `held` nanoseconds.
  void leave(Operation operation, long held) {
    lock.lock();
    try {
      admission.leave(operation, held, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// Gives a permit back that led to no lease.
  void giveBack(Operation operation) {
    lock.lock();
    try {
      admission.giveBack(operation, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody in any more; those who wait are refused.
  void close() {
    lock.lock();
    try {
      admission.close();
    } finally {
      lock.unlock();
    }
  }

  /// More permits: the pool may have more connections.
  void grow(int more) {
    lock.lock();
    try {
      admission.grow(more, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// Permits that nobody has.
  int free() {
    lock.lock();
    try {
      return admission.free();
    } finally {
      lock.unlock();
    }
  }

  /// Whether nobody has a permit or waits for one.
  boolean isIdle() {
    lock.lock();
    try {
      return admission.free() == admission.permits() && admission.waiting() == 0;
    } finally {
      lock.unlock();
    }
  }

  List<PoolFacts.Waiter> waiting() {
    List<Ticket> line;
    lock.lock();
    try {
      line = admission.line();
    } finally {
      lock.unlock();
    }
    List<PoolFacts.Waiter> facts = new ArrayList<>(line.size());
    line.forEach(ticket -> facts.add(facts(ticket.operation, ticket.since)));
    return facts;
  }

  static PoolFacts.Waiter facts(Operation operation, long since) {
    return new PoolFacts.Waiter(
        operation.module(),
        operation.name(),
        operation.requestId(),
        operation.priority(),
        Duration.ofNanos(System.nanoTime() - since).toMillis());
  }

  /// How many were turned away, by reason.
  Map<String, Long> refusals() {
    Map<String, Long> counts = new TreeMap<>();
    for (Refusal why : Refusal.values()) {
      @Nullable LongAdder count = refusals.get(why);
      counts.put(why.name().toLowerCase(Locale.ROOT), count == null ? 0 : count.sum());
    }
    return counts;
  }

  private void await(Ticket ticket) {
    long until;
    lock.lock();
    try {
      long now = System.nanoTime();
      if (Thread.currentThread().isInterrupted()) {
        admission.giveUp(ticket, Refusal.INTERRUPTED, now);
      } else {
        admission.look(now);
      }
      until = admission.nextLook(ticket);
    } finally {
      lock.unlock();
    }
    if (!ticket.isDecided()) {
      LockSupport.parkNanos(this, Math.max(1, until - System.nanoTime()));
    }
  }

  private DatabaseException refused(Ticket ticket, Refusal refusal, long deadline) {
    if (refusal == Refusal.CLOSED) {
      return new DatabaseException.Unavailable("the database is being closed", null);
    }
    double drain;
    lock.lock();
    try {
      drain = admission.drainPerSecond();
    } finally {
      lock.unlock();
    }
    List<PoolFacts.Waiter> queue = waiting();
    long now = System.nanoTime();
    String text =
        report.refusal(ticket.operation, refusal, now - ticket.since, deadline - now, queue, drain);
    return new DatabaseException.Overloaded(text, retryAfter(queue.size(), drain));
  }

  /// When those in line will have been served, as measured: 1 to 30 s.
  private static Duration retryAfter(int waiting, double drain) {
    double seconds = drain == 0 ? 1 : Math.ceil((waiting + 1) / drain);
    return Duration.ofSeconds(Math.clamp((long) seconds, 1, RETRY_MAX.toSeconds()));
  }
}
