package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.internal.Admission.Ticket;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// The rules of admission, each by an example in virtual time.
class AdmissionTest {
  private static final long MS = 1_000_000;
  private static final Duration CEILING = Duration.ofSeconds(10);

  private long now = 1_000_000 * MS;

  private static Operation operation(Priority priority, String name) {
    return Operation.of("shop", name, "r", 0, CEILING, priority);
  }

  private Ticket ask(Admission gate, Priority priority, String name) {
    return ask(gate, priority, name, 60_000);
  }

  private Ticket ask(Admission gate, Priority priority, String name, long withinMs) {
    return gate.ask(operation(priority, name), now + withinMs * MS, null, now);
  }

  private Admission gate(int permits) {
    return new Admission(permits, CEILING, now);
  }

  /// One lease of an operation, so that the gate knows how long it takes.
  private void held(Admission gate, String name, long ms) {
    Ticket ticket = ask(gate, Priority.HIGH, name);
    now += ms * MS;
    gate.leave(ticket.operation, ms * MS, now);
  }

  @Test
  void thoseOfAClassAreServedInTheOrderOfTheirComing() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.NORMAL, "a");
    List<Ticket> waiters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      now += MS;
      waiters.add(ask(gate, Priority.NORMAL, "a"));
    }
    for (Ticket next : waiters) {
      assertThat(next.isDecided()).isFalse();
      gate.giveBack(holder.operation, now);
      assertThat(next.isGranted()).isTrue();
      holder = next;
    }
  }

  @Test
  void theMoreUrgentClassGoesFirst() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.NORMAL, "a");
    Ticket report = ask(gate, Priority.LOW, "a");
    Ticket read = ask(gate, Priority.NORMAL, "a");
    Ticket capture = ask(gate, Priority.HIGH, "a");
    gate.giveBack(holder.operation, now);
    assertThat(capture.isGranted()).isTrue();
    gate.giveBack(capture.operation, now);
    assertThat(read.isGranted()).isTrue();
    gate.giveBack(read.operation, now);
    assertThat(report.isGranted()).isTrue();
  }

  @Test
  void onePermitIsKeptForTheFirstClass() {
    Admission gate = gate(3);
    ask(gate, Priority.NORMAL, "slow");
    ask(gate, Priority.LOW, "slow");
    Ticket third = ask(gate, Priority.NORMAL, "slow");
    assertThat(third.isDecided()).isFalse();
    assertThat(gate.free()).isEqualTo(1);
    assertThat(ask(gate, Priority.HIGH, "capture").isGranted()).isTrue();
  }

  @Test
  void anOperationKnownToBeBriefMayBorrowTheKeptPermit() {
    Admission gate = gate(2);
    held(gate, "brief", 3);
    held(gate, "slow", 300);
    ask(gate, Priority.NORMAL, "slow");
    assertThat(ask(gate, Priority.NORMAL, "slow").isDecided()).isFalse();
    Admission other = gate(2);
    held(other, "brief", 3);
    ask(other, Priority.NORMAL, "slow");
    assertThat(ask(other, Priority.NORMAL, "brief").isGranted()).isTrue();
  }

  @Test
  void aPoolOfOneKeepsNothingBack() {
    assertThat(ask(gate(1), Priority.LOW, "slow").isGranted()).isTrue();
  }

  @Test
  void aClassThatWasPassedOverGetsATurn() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.HIGH, "a");
    Ticket report = ask(gate, Priority.LOW, "a");
    int served = 0;
    while (!report.isGranted()) {
      Ticket next = ask(gate, Priority.HIGH, "a");
      gate.giveBack(holder.operation, now);
      holder = report.isGranted() ? report : next;
      served++;
      assertThat(served).isLessThanOrEqualTo(Admission.TURN + 1);
    }
    assertThat(served).isGreaterThan(1);
  }

  @Test
  void aBurstIsWaitedOut() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.NORMAL, "a");
    Ticket last = ask(gate, Priority.NORMAL, "a");
    now += 400 * MS;
    gate.leave(holder.operation, 400 * MS, now);
    assertThat(last.isGranted()).isTrue();
  }

  /// The one lease of a gate with one permit ends after `ms`; whoever is granted next holds it.
  private void serve(Admission gate, List<Ticket> asked, long ms) {
    Ticket holder = asked.stream().filter(Ticket::isGranted).findFirst().orElseThrow();
    now += ms * MS;
    holder.operation.progress().begin();
    gate.leave(holder.operation, ms * MS, now);
    asked.remove(holder);
  }

  @Test
  void aQueueThatStandsIsShedAndRecovers() {
    Admission gate = gate(1);
    List<Ticket> asked = new ArrayList<>();
    // Twice the capacity for two seconds.
    for (int i = 0; i < 200; i++) {
      asked.add(ask(gate, Priority.NORMAL, "a"));
      asked.add(ask(gate, Priority.NORMAL, "a"));
      serve(gate, asked, 10);
    }
    long shed = asked.stream().filter(ticket -> ticket.refusal() == Refusal.SHED).count();
    assertThat(shed).isBetween(150L, 200L);
    assertThat(gate.waiting()).as("who is served is served in time").isLessThan(25);
    while (asked.stream().anyMatch(Ticket::isGranted)) {
      serve(gate, asked, 10);
    }
    assertThat(gate.waiting()).isZero();
    assertThat(ask(gate, Priority.NORMAL, "a").isGranted()).isTrue();
  }

  @Test
  void reportsAreShedBeforeCapturesAndWhatHasBegunIsNot() {
    Admission gate = gate(1);
    List<Ticket> asked = new ArrayList<>();
    asked.add(ask(gate, Priority.NORMAL, "a"));
    List<Ticket> all = new ArrayList<>();
    List<Ticket> midway = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (i > 100 && i % 10 == 0) {
        Operation begun = operation(Priority.LOW, "a");
        begun.progress().begin();
        midway.add(gate.ask(begun, now + 60_000 * MS, null, now));
        asked.add(midway.getLast());
      }
      all.add(ask(gate, Priority.LOW, "a"));
      if (i % 2 == 0) {
        all.add(ask(gate, Priority.HIGH, "a"));
      }
      asked.addAll(all.subList(all.size() - (i % 2 == 0 ? 2 : 1), all.size()));
      serve(gate, asked, 10);
    }
    assertThat(midway).hasSize(9).allMatch(ticket -> ticket.refusal() == null);
    assertThat(all)
        .filteredOn(ticket -> ticket.refusal() != null)
        .isNotEmpty()
        .allMatch(ticket -> ticket.refusal() == Refusal.SHED)
        .allMatch(ticket -> ticket.operation.priority() == Priority.LOW);
  }

  @Test
  void whoWouldNotMakeItInTimeIsToldAtOnce() {
    Admission gate = gate(1);
    held(gate, "slow", 1_000);
    ask(gate, Priority.NORMAL, "slow");
    assertThat(ask(gate, Priority.NORMAL, "slow", 1_500).refusal()).isEqualTo(Refusal.DEADLINE);
    assertThat(ask(gate, Priority.NORMAL, "slow", 2_500).isDecided()).isFalse();
    assertThat(ask(gate, Priority.NORMAL, "slow", 2_500).refusal()).isEqualTo(Refusal.DEADLINE);
  }

  @Test
  void theWaitEndsAtTheDeadlineAndAtTheCeiling() {
    Admission gate = gate(1);
    ask(gate, Priority.NORMAL, "a");
    Ticket brief = ask(gate, Priority.NORMAL, "a", 300);
    Ticket patient = ask(gate, Priority.NORMAL, "a", 60_000);
    now = gate.nextLook(brief);
    assertThat(now).isEqualTo(brief.since + 300 * MS);
    gate.look(now);
    assertThat(brief.refusal()).isEqualTo(Refusal.DEADLINE);
    while (!patient.isDecided()) {
      long next = gate.nextLook(patient);
      assertThat(next).isGreaterThan(now);
      now = next;
      gate.look(now);
    }
    assertThat(patient.refusal()).isEqualTo(Refusal.CEILING);
    assertThat(now - patient.since).isEqualTo(CEILING.toNanos());
  }

  @Test
  void theQueueIsBounded() {
    Admission gate = gate(1);
    ask(gate, Priority.NORMAL, "a");
    for (int i = 0; i < Admission.QUEUE_MAX; i++) {
      assertThat(ask(gate, Priority.NORMAL, "a").isDecided()).isFalse();
    }
    assertThat(ask(gate, Priority.NORMAL, "a").refusal()).isEqualTo(Refusal.FULL);
  }

  @Test
  void exportsThatFillTheQueueKeepNoCaptureOut() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.LOW, "a");
    for (int i = 0; i < Admission.QUEUE_MAX; i++) {
      ask(gate, Priority.LOW, "a");
    }
    Ticket capture = ask(gate, Priority.HIGH, "a");
    assertThat(capture.isDecided()).isFalse();
    gate.giveBack(holder.operation, now);
    assertThat(capture.isGranted()).isTrue();
  }

  @Test
  void aClosedGateLetsNobodyIn() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.NORMAL, "a");
    Ticket waiter = ask(gate, Priority.NORMAL, "a");
    gate.close();
    assertThat(waiter.refusal()).isEqualTo(Refusal.CLOSED);
    assertThat(ask(gate, Priority.HIGH, "a").refusal()).isEqualTo(Refusal.CLOSED);
    gate.giveBack(holder.operation, now);
    assertThat(gate.free()).isEqualTo(1);
  }

  @Test
  void aPermitThatComesBackTwiceIsADefectThatShows() {
    Admission gate = gate(1);
    Ticket holder = ask(gate, Priority.NORMAL, "a");
    gate.giveBack(holder.operation, now);
    assertThatThrownBy(() -> gate.giveBack(holder.operation, now))
        .hasMessageContaining("came back twice");
  }

  @Test
  void morePermitsServeThoseWhoWait() {
    Admission gate = gate(1);
    ask(gate, Priority.NORMAL, "a");
    Ticket waiter = ask(gate, Priority.HIGH, "a");
    gate.grow(1, now);
    assertThat(waiter.isGranted()).isTrue();
    assertThat(gate.permits()).isEqualTo(2);
  }
}
