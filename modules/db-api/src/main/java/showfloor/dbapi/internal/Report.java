package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.PoolFacts.LeaseFacts;

/// What a caller who got no connection is told, and the log as well: who waits, who holds the
/// connections, what each of them does at this moment, and who is suspect. Thread-safe.
final class Report {
  private static final Logger LOG = System.getLogger(Report.class.getName());

  /// Stacks are looked at so often; under overload there are hundreds of refusals a second.
  private static final long FRESH = Duration.ofMillis(100).toNanos();

  private static final long LOG_PERIOD = Duration.ofSeconds(1).toNanos();

  /// A holder that sends nothing for so long waits for something else.
  private static final long UNUSED_MS = 500;

  private final IntSupplier size;
  private final Collection<Lease> books;
  private final Collection<Taking> takings;
  private final AtomicLong nextLine = new AtomicLong(System.nanoTime());
  private final AtomicLong untold = new AtomicLong();
  private volatile Holders holders = new Holders(System.nanoTime() - FRESH, "");

  private record Holders(long at, String text) {}

  Report(IntSupplier size, Collection<Lease> books, Collection<Taking> takings) {
    this.size = size;
    this.books = books;
    this.takings = takings;
  }

  /// The text of one refusal; it is also logged, once a second at most.
  ///
  /// @param left of the caller's deadline, in nanoseconds
  /// @param drain permits that come back in a second
  String refusal(
      Operation operation,
      Refusal why,
      long waited,
      long left,
      List<PoolFacts.Waiter> queue,
      double drain) {
    String text =
        "DB-OVERLOAD %s/%s (request %s) %s after %,d ms (deadline left %,d ms; queue %d%s; drain %.0f/s). %s"
            .formatted(
                operation.module(),
                operation.name(),
                operation.requestId(),
                words(why),
                millis(waited),
                millis(left),
                queue.size(),
                byModule(queue),
                drain,
                holders());
    log(text);
    return text;
  }

  private void log(String text) {
    long now = System.nanoTime();
    long next = nextLine.get();
    if (now - next < 0 || !nextLine.compareAndSet(next, now + LOG_PERIOD)) {
      untold.incrementAndGet();
      return;
    }
    long more = untold.getAndSet(0);
    LOG.log(
        Level.WARNING, more == 0 ? text : text + " (%d more since the last line)".formatted(more));
  }

  private static String words(Refusal why) {
    return switch (why) {
      case SHED -> "shed";
      case DEADLINE -> "would not make its deadline, refused";
      case FULL -> "refused: the queue is full,";
      case CEILING -> "waited as long as anybody may, refused";
      case INTERRUPTED -> "interrupted";
      case CLOSED -> "refused: closing,";
    };
  }

  private static String byModule(List<PoolFacts.Waiter> queue) {
    Map<String, Long> modules =
        queue.stream()
            .collect(
                Collectors.groupingBy(
                    PoolFacts.Waiter::module, TreeMap::new, Collectors.counting()));
    return modules.isEmpty()
        ? ""
        : modules.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private String holders() {
    Holders known = holders;
    long now = System.nanoTime();
    if (now - known.at > FRESH) {
      known = new Holders(now, describe());
      holders = known;
    }
    return known.text;
  }

  private String describe() {
    List<LeaseFacts> leases = books.stream().map(Lease::facts).toList();
    List<String> each = new ArrayList<>();
    leases.forEach(lease -> each.add(describe(lease)));
    takings.forEach(taking -> each.add(taking.toString()));
    List<String> suspects =
        leases.stream().map(Report::suspicion).filter(text -> !text.isEmpty()).limit(3).toList();
    return "%d of %d connections are held: %s.%s"
        .formatted(
            each.size(),
            size.getAsInt(),
            String.join("; ", each),
            suspects.isEmpty() ? "" : " Suspect: " + String.join("; ", suspects) + ".");
  }

  /// One holder in a line.
  static String describe(LeaseFacts lease) {
    return ("#%d %s/%s request=%s company=%s held %,d ms of %,d budget, %s%s pid=%d thread=%s,"
            + " now at %s")
        .formatted(
            lease.id(),
            lease.module(),
            lease.operation(),
            lease.requestId(),
            Objects.requireNonNullElse(lease.company(), "none"),
            lease.heldMs(),
            lease.budgetMs(),
            lease.state().equals("late") ? "late, " : "",
            lease.statement().isEmpty()
                ? "no statement yet"
                : lease.session() + " sql=" + lease.statement(),
            lease.backendPid(),
            lease.thread(),
            place(lease.stack()));
  }

  /// The innermost frame, and the innermost ones of the module's own code.
  private static String place(List<String> stack) {
    if (stack.isEmpty()) {
      return "its end";
    }
    List<String> own = stack.stream().skip(1).filter(frame -> !isPlumbing(frame)).limit(2).toList();
    return own.isEmpty()
        ? stack.getFirst()
        : stack.getFirst() + " <- … <- " + String.join(" <- ", own);
  }

  private static boolean isPlumbing(String frame) {
    return !frame.startsWith("showfloor.") || frame.startsWith("showfloor.dbapi.");
  }

  private static String suspicion(LeaseFacts lease) {
    String who = lease.module() + "/" + lease.operation();
    if (lease.heldMs() > lease.budgetMs()) {
      return "budget overrun by " + who;
    }
    if (!lease.session().equals("active") && lease.heldMs() > UNUSED_MS) {
      return "%s holds #%d without using it".formatted(who, lease.id());
    }
    return "";
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
