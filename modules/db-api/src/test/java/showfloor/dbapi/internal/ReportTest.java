package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.internal.ScriptedPool.Outcome;
import showfloor.dbapi.internal.ScriptedPool.Step;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// Two connections, both held, and two who wait: whoever is turned away, and whoever reads the log,
/// learns the same. No watchdog runs, so that a late holder stays one.
class ReportTest {
  private static final UUID ACME = new UUID(0, 0xacce);
  private static final Duration HELD = Duration.ofSeconds(2);

  private final LogLines log = new LogLines(Report.class);
  private final ScriptedPool pool =
      new ScriptedPool(
          Arrays.stream(Step.values())
              .collect(Collectors.toMap(Function.identity(), step -> Outcome.OK)),
          2);
  private final List<Lease> books = new CopyOnWriteArrayList<>();
  private final Report report = new Report(() -> 2, books, Set.of());
  private final Gate gate = new Gate(2, Duration.ofSeconds(30), report);
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    over.countDown();
    gate.close();
    for (Thread thread : threads) {
      thread.join();
    }
    log.close();
  }

  @Test
  void theErrorAndOneLogLineTellTheSame() {
    holdBoth();
    waitAs("shop");
    waitAs("fairs");
    String text = refusal("r-9");
    assertThat(text)
        .startsWith("DB-OVERLOAD dealers/GET /api/late (request r-9) would not make its deadline,")
        .contains("queue 2: fairs 1, shop 1; drain 1/s). 2 of 2 connections are held: ")
        .containsPattern(
            "#1 auth/GET /api/slow request=r-1 company=%s held [0-9,]+ ms of [0-9]+ budget,"
                    .formatted(ACME)
                + " no statement yet pid=1 thread=holder of r-1, now at java\\.")
        .containsPattern(
            "#2 todos/nightly request=r-2 company=none held [0-9,]+ ms of [0-9]+,[0-9]+ budget,"
                + " no statement yet pid=1 thread=holder of r-2, now at java\\.")
        .endsWith(
            " Suspect: budget overrun by auth/GET /api/slow; todos/nightly holds #2 without using"
                + " it.");
    assertThat(log.lines()).containsExactly("WARNING " + text);
  }

  @Test
  void theLogTellsOneOfManyRefusalsInASecondAndHowManyItLeftOut() {
    holdBoth();
    String first = refusal("r-10");
    refusal("r-11");
    refusal("r-12");
    assertThat(log.lines()).containsExactly("WARNING " + first);
    LockSupport.parkNanos(Duration.ofMillis(1_100).toNanos());
    String later = refusal("r-13");
    assertThat(log.lines())
        .containsExactly("WARNING " + first, "WARNING " + later + " (2 more since the last line)");
  }

  /// One is past its budget, the other has sent nothing for longer than is usual.
  private void holdBoth() {
    Operation known = operation("auth", "GET /api/known", "r-0");
    gate.enter(known, known.deadline());
    gate.leave(known, HELD.toNanos());
    hold(1, operation("auth", "GET /api/slow", "r-1").inCompany(ACME), Duration.ofMillis(100));
    hold(2, operation("todos", "nightly", "r-2"), Duration.ofMinutes(1));
    Rig.await(() -> books.stream().allMatch(lease -> lease.facts().heldMs() > 500));
  }

  private void hold(long id, Operation operation, Duration budget) {
    gate.enter(operation, operation.deadline());
    threads.add(
        Thread.ofVirtual()
            .name("holder of " + operation.requestId())
            .start(
                () -> {
                  books.add(lease(id, operation, budget));
                  idle();
                }));
    Rig.await(() -> books.size() == id);
  }

  private Lease lease(long id, Operation operation, Duration budget) {
    try {
      Connection connection = pool.getConnection();
      return new Lease(
          id, operation, connection, System.nanoTime() + budget.toNanos(), new AtomicLong());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void idle() {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void waitAs(String module) {
    Operation operation = operation(module, "GET /api/wait", "r-" + module);
    int before = gate.waiting().size();
    threads.add(Thread.ofVirtual().start(() -> awaitClosed(operation)));
    Rig.await(() -> gate.waiting().size() > before);
  }

  private void awaitClosed(Operation operation) {
    assertThatThrownBy(() -> gate.enter(operation, operation.deadline()))
        .isInstanceOf(DatabaseException.Unavailable.class);
  }

  private String refusal(String requestId) {
    Operation late = operation("dealers", "GET /api/late", requestId);
    DatabaseException refused =
        catchThrowableOfType(
            DatabaseException.Overloaded.class,
            () -> gate.enter(late, System.nanoTime() + HELD.toNanos() / 4));
    return Objects.requireNonNull(refused.getMessage());
  }

  /// Urgent ones: for all others one connection is kept back.
  private static Operation operation(String module, String name, String requestId) {
    return Operation.startingNow(module, name, requestId, Duration.ofMinutes(1))
        .withPriority(Priority.HIGH);
  }
}
