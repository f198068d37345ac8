package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;
import showfloor.dbapi.internal.ScriptedPool.Outcome;
import showfloor.dbapi.internal.ScriptedPool.Step;
import showfloor.dbapi.runtime.Operation;

/// Proof P3: seven steps of a lease (take, begin, body, end, give back, cancel, abort), each of
/// which goes well, fails, is slow or never ends; to give back a clean connection always ends, so
/// it has three outcomes: 12,288 combinations, each with eight callers on two connections, half of
/// whom are interrupted at some moment. However it goes, every permit and every connection comes
/// back, none is lent twice, and every caller gets an answer, in time.
class WayBackEnumerationTest {
  private static final int ALL =
      Arrays.stream(Step.values())
          .mapToInt(step -> step.outcomes().size())
          .reduce(1, Math::multiplyExact);

  /// All of them in the proof run, every n-th in each build.
  private static final int STRIDE = "full".equals(System.getProperty("showfloor.proof")) ? 1 : 37;

  private static final int AT_ONCE = 256;
  private static final int CALLERS = 8;

  /// Far more than any step takes: a machine that stalls breaks no promise.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// A very late holder loses its connection, and with it what it waits for.
  private static final Duration RECLAIM = Duration.ofMillis(1_500);

  /// For a machine that stalls; half of what a step that nobody ends takes.
  private static final Duration ALLOWANCE = Duration.ofSeconds(30);

  private static final int CONNECTIONS = 2;
  private static final Sql TOUCH = TestSql.of("shop.touch", "update shop.items set id = 1");

  @Test
  void howeverALeaseGoesEverythingComesBack() throws InterruptedException {
    ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    AtomicLong trials = new AtomicLong();
    List<Thread> workers = new ArrayList<>();
    for (int worker = 0; worker < AT_ONCE; worker++) {
      workers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = next.getAndAdd(STRIDE); i < ALL; i = next.getAndAdd(STRIDE)) {
                      trial(script(i), i).ifPresent(violations::add);
                      trials.incrementAndGet();
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(ALL).isEqualTo(12_288);
    assertThat(violations).isEmpty();
    assertThat(trials.get()).isEqualTo((ALL + STRIDE - 1) / STRIDE);
    System.out.println("proof trials: " + trials);
  }

  @Test
  void aConnectionOfWhichNoLeaseCanBeMadeComesBackToo() {
    ScriptedPool pool = new ScriptedPool(script(0), 1);
    pool.lendUseless();
    try (Leases leases = new Leases(pool, Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> leases.lease(Rig.operation(Duration.ofSeconds(5)), lease -> 1))
          .isInstanceOf(DatabaseException.Unavailable.class);
      assertThat(pool.lent()).as("connections lent").isZero();
      assertThat(leases.freePermits()).isEqualTo(1);
    }
  }

  private static Map<Step, Outcome> script(int number) {
    Map<Step, Outcome> script = new EnumMap<>(Step.class);
    int left = number;
    for (Step step : Step.values()) {
      List<Outcome> outcomes = step.outcomes();
      script.put(step, outcomes.get(left % outcomes.size()));
      left /= outcomes.size();
    }
    return script;
  }

  private static Optional<String> trial(Map<Step, Outcome> script, long seed) {
    ScriptedPool pool = new ScriptedPool(script, CONNECTIONS);
    Leases leases = new Leases(pool, Duration.ofSeconds(10));
    PooledDatabase database = new PooledDatabase(leases, new Statements("", "test", true));
    Random random = new Random(seed);
    AtomicInteger answered = new AtomicInteger();
    Queue<Duration> late = new ConcurrentLinkedQueue<>();
    try {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Duration budget = Duration.ofMillis(random.nextBoolean() ? 50 : 900);
        callers.add(
            Thread.ofVirtual()
                .start(() -> late.addAll(tooLong(budget, () -> call(database, budget, answered)))));
      }
      for (int i = 0; i < CALLERS; i += 2) {
        ScriptedPool.pause(random.nextInt(3));
        callers.get(i).interrupt();
      }
      for (Thread caller : callers) {
        if (!caller.join(PATIENCE)) {
          return violation(script, "a caller without an answer");
        }
      }
      return late.isEmpty()
          ? verdict(script, pool, leases, answered)
          : violation(script, "callers waited " + late);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      leases.close();
    }
  }

  private static Optional<String> verdict(
      Map<Step, Outcome> script, ScriptedPool pool, Leases leases, AtomicInteger answered) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!(leases.isIdle() && pool.lent() == 0) && System.nanoTime() < end) {
      ScriptedPool.pause(2);
    }
    if (!leases.isIdle() || leases.freePermits() != CONNECTIONS) {
      return violation(script, leases.freePermits() + " permits are free");
    }
    if (pool.lent() != 0) {
      return violation(script, pool.lent() + " connections did not come back");
    }
    if (pool.mostLent() > CONNECTIONS) {
      return violation(script, pool.mostLent() + " connections at a time");
    }
    if (!leases.facts(0, 0).leases().isEmpty()) {
      return violation(script, "leases on the books: " + leases.facts(0, 0).leases());
    }
    return answered.get() == CALLERS
        ? Optional.empty()
        : violation(script, answered.get() + " callers got an answer");
  }

  /// How long a caller waited, where that was too long.
  private static List<Duration> tooLong(Duration budget, Runnable call) {
    long began = System.nanoTime();
    call.run();
    Duration waited = Duration.ofNanos(System.nanoTime() - began);
    return waited.compareTo(budget.plus(RECLAIM).plus(ALLOWANCE)) > 0 ? List.of(waited) : List.of();
  }

  private static Optional<String> violation(Map<Step, Outcome> script, String what) {
    return Optional.of(script + ": " + what);
  }

  private static void call(PooledDatabase database, Duration budget, AtomicInteger answered) {
    Operation operation = Operation.startingNow("shop", "GET /test", "r", budget);
    try {
      int touched = operation.call(() -> database.inTransaction(sql -> sql.execute(TOUCH.with())));
      if (touched == 1) {
        answered.incrementAndGet();
      }
    } catch (DatabaseException e) {
      answered.incrementAndGet();
    }
  }
}
