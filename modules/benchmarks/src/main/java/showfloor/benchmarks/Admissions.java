package showfloor.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import showfloor.testing.TestServer;

/// What stands in front of the pool, under more load than it can bear, among many who want it, and
/// for one alone: Showfloor, HikariCP and Agroal in turn, in one run. It fails where Showfloor
/// misses one of its limits.
final class Admissions {
  private static final double STATEMENT = 0.020;
  private static final double BRIEF_STATEMENT = 0.002;
  private static final long WARM_UP = Duration.ofSeconds(10).toNanos();
  private static final long MEASURED = Duration.ofSeconds(10).toNanos();
  private static final Duration ROUND = Duration.ofSeconds(8);
  private static final long IN_TIME = Duration.ofSeconds(1).toNanos();
  private static final int MANY = 50;
  private static final int COST_ROUNDS = 100;
  private static final int COST_CALLS = 2_000;

  private static final double SERVED_LEAST = 0.95;
  private static final Duration REFUSAL_MOST = Duration.ofMillis(150);
  private static final double WAIT_MOST = 5;
  private static final double THROUGHPUT_LEAST = 0.95;
  private static final double COST_MOST_MICROS = 10;

  private final PrintStream out;
  private final List<Side> sides;

  private Admissions(PrintStream out, List<Side> sides) {
    this.out = out;
    this.sides = sides;
  }

  static void measure(PrintStream out) throws Exception {
    try (TestServer server =
            TestServer.start(
                Side.CONNECTIONS,
                java.util.function.UnaryOperator.identity(),
                parts -> List.of(new Pauses()));
        var hikari = Side.hikariPool();
        var agroal = Side.agroalPool()) {
      Admissions all =
          new Admissions(
              out, List.of(Side.showfloor(server), Side.hikari(hikari), Side.agroal(agroal)));
      all.cost();
      all.fairness();
      all.overload();
    }
  }

  /// Ours are the limits; the other sides are there to compare.
  private void require(Side side, boolean kept, String limit) {
    if (side.equals(sides.getFirst())) {
      Limits.require(kept, limit);
    }
  }

  /// One request: when it was due, how long it took from then, whether it was served.
  private record Call(long due, long nanos, boolean served) {}

  private void overload() throws InterruptedException {
    Side plain = sides.get(1);
    double capacity = closedLoop(plain, Side.CONNECTIONS, STATEMENT, ROUND).perSecond();
    out.printf("capacity of 5 connections, 20 ms each: %.0f/s%n", capacity);
    for (double load : List.of(0.8, 1.2, 1.5, 3.0)) {
      for (Side side : sides) {
        Collection<Call> calls = openLoop(side, load * capacity);
        long inTime = calls.stream().filter(c -> c.served && c.nanos <= IN_TIME).count();
        long[] refusals =
            calls.stream().filter(c -> !c.served).mapToLong(Call::nanos).sorted().toArray();
        double served = inTime / (capacity * MEASURED / 1e9);
        require(side, load > 1 || refusals.length == 0, "a refusal at %.1fx".formatted(load));
        require(side, load < 1 || served >= SERVED_LEAST, "capacity at %.1fx".formatted(load));
        require(
            side,
            refusals.length == 0 || at(refusals, 0.99) <= REFUSAL_MOST.toNanos(),
            "refusals at %.1fx".formatted(load));
        out.printf(
            "load %.1fx %-9s answers within 1 s: %5.1f %% of capacity, refused %5d of %5d%s%n",
            load,
            side.name(),
            100 * served,
            refusals.length,
            calls.size(),
            refusals.length == 0
                ? ""
                : ", refusal p50 %.0f ms p99 %.0f ms"
                    .formatted(at(refusals, 0.5) / 1e6, at(refusals, 0.99) / 1e6));
      }
    }
  }

  /// Requests come when they are due, however long the others take.
  private static Collection<Call> openLoop(Side side, double perSecond)
      throws InterruptedException {
    ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    int warm = (int) (perSecond * WARM_UP / 1e9);
    int count = warm + (int) (perSecond * MEASURED / 1e9);
    CountDownLatch ended = new CountDownLatch(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      boolean counts = i >= warm;
      Thread.ofVirtual()
          .start(
              () -> {
                boolean served = side.handler().run(STATEMENT);
                if (counts) {
                  calls.add(new Call(due, System.nanoTime() - due, served));
                }
                ended.countDown();
              });
    }
    ended.await();
    return calls;
  }

  private void fairness() throws InterruptedException {
    double plain = 0;
    for (Side side : List.of(sides.get(1), sides.get(0), sides.get(2))) {
      Loop loop = closedLoop(side, MANY, BRIEF_STATEMENT, ROUND);
      plain = plain == 0 ? loop.perSecond() : plain;
      double ideal = MANY / loop.perSecond() * 1e3;
      require(side, loop.longest() / 1e6 <= WAIT_MOST * ideal, "longest wait");
      require(side, loop.perSecond() >= THROUGHPUT_LEAST * plain, "throughput");
      out.printf(
          "50 threads on 5 connections %-9s longest wait %.0f ms = %.1fx the ideal %.0f ms, %.0f/s"
              + " = %.2f of HikariCP%n",
          side.name(),
          loop.longest() / 1e6,
          loop.longest() / 1e6 / ideal,
          ideal,
          loop.perSecond(),
          loop.perSecond() / plain);
    }
  }

  /// @param longest nanoseconds that any call took
  private record Loop(double perSecond, long longest) {}

  private static Loop closedLoop(Side side, int threads, double seconds, Duration duration)
      throws InterruptedException {
    long[] longest = new long[threads];
    long[] calls = new long[threads];
    long begun = System.nanoTime();
    long measured = begun + duration.toNanos() / 4;
    long end = begun + duration.toNanos();
    List<Thread> all =
        IntStream.range(0, threads)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (long now = begun; now < end; ) {
                                side.handler().run(seconds);
                                long ended = System.nanoTime();
                                if (now > measured) {
                                  calls[i]++;
                                  longest[i] = Math.max(longest[i], ended - now);
                                }
                                now = ended;
                              }
                            }))
            .toList();
    for (Thread thread : all) {
      thread.join();
    }
    return new Loop(
        Arrays.stream(calls).sum() / ((end - measured) / 1e9),
        Arrays.stream(longest).max().orElse(0));
  }

  /// What a lease costs beside the database: an empty unit of work, which sends nothing.
  private void cost() {
    List<Double> differences = new ArrayList<>();
    for (int round = 0; round < COST_ROUNDS; round++) {
      double leased = microsPerCall(sides.get(0));
      double bare = microsPerCall(sides.get(1));
      if (round >= COST_ROUNDS / 2) {
        differences.add(leased - bare);
      }
    }
    differences.sort(null);
    require(
        sides.getFirst(), differences.get(differences.size() / 2) <= COST_MOST_MICROS, "a lease");
    out.printf(
        "a lease with its books costs %.1f µs more than a connection of HikariCP (median of %d"
            + " rounds; quartiles %.1f and %.1f)%n",
        differences.get(differences.size() / 2),
        differences.size(),
        differences.get(differences.size() / 4),
        differences.get(differences.size() * 3 / 4));
  }

  private static double microsPerCall(Side side) {
    long begun = System.nanoTime();
    for (int i = 0; i < COST_CALLS; i++) {
      side.empty().run();
    }
    return (System.nanoTime() - begun) / 1e3 / COST_CALLS;
  }

  private static long at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * quantile))];
  }
}
