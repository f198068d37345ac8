package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.internal.Admission.Ticket;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// Proof P10 in virtual time: requests come at random at a multiple of what five connections can
/// bear, each holds one for 20 ms. The benchmark `admission` does the same to a real database.
class AdmissionLoadTest {
  private static final long MS = 1_000_000;
  private static final long HOLD = 20 * MS;
  private static final int CONNECTIONS = 5;
  private static final double CAPACITY = CONNECTIONS * 1e9 / HOLD;
  private static final long WARM_UP = Duration.ofSeconds(10).toNanos();
  private static final long MEASURED = Duration.ofSeconds(60).toNanos();

  @ParameterizedTest
  @ValueSource(doubles = {1.2, 1.5, 3})
  void underOverloadAlmostAllOfTheCapacityIsAnsweredInTime(double load) {
    Run run = new Run(load);
    assertThat(run.share()).isGreaterThan(0.95);
    assertThat(run.refusalAt(0.99)).isLessThanOrEqualTo(150 * MS);
  }

  @Test
  void belowTheCapacityNobodyIsTurnedAway() {
    Run run = new Run(0.8);
    assertThat(run.refusals).isEmpty();
    assertThat(run.share()).isBetween(0.77, 0.83);
  }

  /// An import's, say. It must not pass for how long connections are held.
  @Test
  void oneVeryLongLeaseDoesNotSwitchTheSheddingOff() {
    Run run = new Run(1.5, WARM_UP + 1_000 * MS);
    assertThat(run.share()).isGreaterThan(0.93);
    assertThat(run.refusalAt(0.99)).isLessThanOrEqualTo(250 * MS);
  }

  private record Event(long at, Runnable what) {}

  private static final class Run {
    private final Random random = new Random(7);
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingLong(Event::at));
    private final Admission gate = new Admission(CONNECTIONS, Duration.ofSeconds(10), 0);
    private final List<Ticket> waiting = new ArrayList<>();
    private final List<Long> refusals = new ArrayList<>();
    private final double perSecond;
    private long now;
    private long inTime;

    Run(double load) {
      this(load, Long.MAX_VALUE);
    }

    /// @param longLeaseEnds when a lease of a minute does
    Run(double load, long longLeaseEnds) {
      perSecond = load * CAPACITY;
      if (longLeaseEnds != Long.MAX_VALUE) {
        Ticket held = gate.ask(operation(), Long.MAX_VALUE, null, now);
        long minute = Duration.ofMinutes(1).toNanos();
        events.add(new Event(longLeaseEnds, () -> gate.leave(held.operation, minute, now)));
      }
      arrive();
      while (now < WARM_UP + MEASURED) {
        Event next = events.remove();
        now = next.at();
        next.what().run();
        settle();
      }
    }

    private void arrive() {
      long pause = (long) (-Math.log(1 - random.nextDouble()) * 1e9 / perSecond);
      events.add(
          new Event(
              now + pause,
              () -> {
                Ticket ticket = gate.ask(operation(), now + 10_000 * MS, null, now);
                waiting.add(ticket);
                lookAgain(ticket);
                arrive();
              }));
    }

    private static Operation operation() {
      return Operation.of("shop", "op", "r", 0, Duration.ofSeconds(10), Priority.NORMAL);
    }

    private void settle() {
      for (Ticket ticket : List.copyOf(waiting)) {
        if (ticket.isDecided()) {
          waiting.remove(ticket);
          decided(ticket);
        }
      }
    }

    /// As a waiting thread does.
    private void lookAgain(Ticket ticket) {
      if (!ticket.isDecided()) {
        events.add(
            new Event(
                gate.nextLook(ticket),
                () -> {
                  gate.look(now);
                  lookAgain(ticket);
                }));
      }
    }

    private void decided(Ticket ticket) {
      boolean counts = now > WARM_UP;
      if (ticket.isGranted()) {
        inTime += counts && now + HOLD - ticket.since <= 1_000 * MS ? 1 : 0;
        events.add(new Event(now + HOLD, () -> gate.leave(ticket.operation, HOLD, now)));
      } else if (counts) {
        refusals.add(now - ticket.since);
      }
    }

    /// Answers within a second, of what five connections can give.
    double share() {
      return inTime / (CAPACITY * MEASURED / 1e9);
    }

    long refusalAt(double quantile) {
      List<Long> sorted = refusals.stream().sorted().toList();
      return sorted.get((int) (sorted.size() * quantile));
    }
  }
}
