package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// When to come again: as the leases that were measured tell. What they took is said, not waited
/// for, so nothing here depends on the machine.
class GateTest {
  private static final Duration FAR = Duration.ofMinutes(10);

  private final List<Thread> waiters = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Thread waiter : waiters) {
      waiter.join();
    }
  }

  /// (waiters + 1) x held / permits, rounded up.
  @ParameterizedTest
  @CsvSource({
    "1, 2000, 0, 2",
    "1, 2000, 1, 4",
    "1, 2000, 5, 12",
    "2, 2000, 4, 5",
    "2, 1500, 1, 2",
    "3, 1000, 3, 2",
    "5, 2000, 6, 3",
  })
  void whoIsRefusedIsToldWhenThoseInLineWillHaveBeenServed(
      int permits, int heldMs, int waiting, int seconds) {
    assertThat(retryAfter(permits, heldMs, waiting)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"1, 2000, 14, 30", "1, 2000, 20, 30", "1, 60000, 0, 30", "4, 3, 2, 1"})
  void itIsASecondAtLeastAndThirtyAtMost(int permits, int heldMs, int waiting, int seconds) {
    assertThat(retryAfter(permits, heldMs, waiting)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void whereNothingWasMeasuredItIsASecond() {
    Gate gate = gate(1);
    gate.enter(operation(), System.nanoTime() + FAR.toNanos());
    assertThat(refused(gate)).isEqualTo(Duration.ofSeconds(1));
  }

  /// After leases of `heldMs` each: all permits are held, so many wait, and one more comes.
  private Duration retryAfter(int permits, int heldMs, int waiting) {
    Gate gate = gate(permits);
    for (int i = 0; i < 3; i++) {
      Operation before = operation();
      gate.enter(before, System.nanoTime() + FAR.toNanos());
      gate.leave(before, Duration.ofMillis(heldMs).toNanos());
    }
    for (int i = 0; i < permits; i++) {
      gate.enter(operation(), System.nanoTime() + FAR.toNanos());
    }
    for (int i = 0; i < waiting; i++) {
      waiters.add(Thread.ofVirtual().start(() -> awaitClosed(gate)));
    }
    Rig.await(() -> gate.waiting().size() == waiting);
    Duration answer = refused(gate);
    gate.close();
    return answer;
  }

  /// One whose deadline has come.
  private static Duration refused(Gate gate) {
    return catchThrowableOfType(
            DatabaseException.Overloaded.class,
            () -> gate.enter(operation(), System.nanoTime() - 1))
        .retryAfter();
  }

  private static void awaitClosed(Gate gate) {
    assertThatThrownBy(() -> gate.enter(operation(), System.nanoTime() + FAR.toNanos()))
        .isInstanceOf(DatabaseException.Unavailable.class);
  }

  private static Gate gate(int permits) {
    return new Gate(permits, FAR, new Report(() -> permits, Set.of(), Set.of()));
  }

  /// Urgent ones: for all others one permit is kept back.
  private static Operation operation() {
    return Operation.startingNow("shop", "GET /test", "r", FAR).withPriority(Priority.HIGH);
  }
}
