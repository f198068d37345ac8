package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.faults.Fault;
import showfloor.testing.faults.FaultProxy;
import showfloor.testing.faults.Message;
import showfloor.testing.faults.Moment;

/// The program works on while its network goes wrong again and again.
@Proof(
    id = "P11",
    what =
        "soak through a network with random faults: each second books, pool and pg_stat_activity"
            + " agree (none of them is off for longer than the server needs to miss a peer), the"
            + " heap doesn't grow, every write that was acknowledged is there, no error is"
            + " unexplained")
class P11SoakTest {
  /// A peer that fell silent is missed after 4 s by the role's settings.
  private static final Duration OFF_MAX = Duration.ofSeconds(5);

  private static final Duration ROUND = Duration.ofSeconds(30);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int CLIENTS = 6;
  private static final double GROWTH_MAX = 8 << 20;

  /// A network loses and delays; only a broken server says a thing twice, which is no fault that a
  /// client could answer right.
  private static final List<Fault> FAULTS =
      List.of(Fault.values()).stream().filter(fault -> fault != Fault.DUPLICATE).toList();

  private static final Pattern HEAP =
      Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"} ([0-9.eE+]+)");

  private static final Pattern RECORD = Pattern.compile("\n(?=\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d )");
  private static final Pattern EXPLAINED =
      Pattern.compile("DatabaseException\\$(Unavailable|TimedOut|Overloaded)");

  private volatile boolean ended;

  @Test
  void itHoldsWhileTheNetworkGoesWrong(Trials trials) throws Exception {
    URI database = URI.create(TestPostgres.url().substring("jdbc:".length()));
    try (FaultProxy network = new FaultProxy(database.getHost(), database.getPort());
        Launched server =
            Distribution.startOn(
                Observer.url("").replace(":" + database.getPort(), ":" + network.port()))) {
      server.client();
      Thread watch = Thread.ofPlatform().start(() -> watch(server, trials));
      Random random = new Random(Size.SEED);
      long end = System.nanoTime() + Size.SOAK.toNanos();
      do {
        long round = Math.min(ROUND.toNanos(), end - System.nanoTime());
        trials.one(1, (_, _) -> round(server, network, round, random, trials));
      } while (System.nanoTime() < end);
      ended = true;
      watch.join();
      server.signal("TERM");
      assertThat(server.exitCode()).as(server::output).isZero();
      Observer.awaitNoSession();
      assertThat(unexplained(server.output())).isEmpty();
    }
    trials.assertKept();
  }

  /// Some time of load and faults, on a company of its own.
  private static void round(
      Launched server, FaultProxy network, long nanos, Random random, Trials trials) {
    Company company = Company.signUp(TestClient.of(server.address()));
    try (Load load = Load.start(server.address(), company, CLIENTS, random)) {
      for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        network.strike(fault, moment(fault, random));
        pause(Duration.ofMillis(50 + random.nextInt(1_000)));
        network.heal();
        pause(Duration.ofMillis(random.nextInt(300)));
      }
      load.stop();
      trials.note("requests " + load.counts());
      assertThat(load.wrongWithGaps()).isEmpty();
      assertThat(load.counts()).doesNotContainKeys("Unanswered", "Refused");
      assertThat(company.dealers()).containsAll(load.acknowledged());
    }
  }

  private static Moment moment(Fault fault, Random random) {
    boolean atTheDoor = fault == Fault.FATAL_53300 || fault == Fault.FATAL_28P01;
    List<Message> messages = List.of(Message.values());
    return Moment.at(atTheDoor ? Message.STARTUP : messages.get(random.nextInt(messages.size())));
  }

  /// Errors of the log, with their causes, other than those that a network explains.
  private static List<String> unexplained(String log) {
    return RECORD
        .splitAsStream(log)
        .filter(record -> record.contains(" ERROR "))
        .filter(record -> !EXPLAINED.matcher(record).find())
        .toList();
  }

  /// Once a second: do books, pool and server agree?
  private void watch(Launched server, Trials trials) {
    List<Double> heap = new ArrayList<>();
    long agreed = System.nanoTime();
    for (int second = 1; !ended; second++) {
      pause(SECOND);
      String difference = difference(server);
      if (difference.isEmpty()) {
        agreed = System.nanoTime();
      }
      Duration off = Duration.ofNanos(System.nanoTime() - agreed);
      trials.took("books, pool or server off", off);
      if (off.compareTo(OFF_MAX) > 0) {
        trials.violated("off for %s: %s".formatted(off, difference));
        agreed = System.nanoTime();
      }
      if (second % 10 == 0) {
        heap.add(heapAfterCollection(server));
      }
    }
    judge(heap, trials);
  }

  /// What differs now, and not only for the moment of looking; empty when all agree.
  private static String difference(Launched server) {
    String difference = "";
    for (int i = 0; i < 20; i++) {
      String facts = Distribution.admin(server, "/observe/connections");
      int sessions = Observer.sessions();
      int open = number("open", facts);
      boolean agree = number("leased", facts) + number("idle", facts) == open && sessions == open;
      if (agree) {
        return "";
      }
      difference = "sessions %d, pool %s".formatted(sessions, facts);
      pause(Duration.ofMillis(30));
    }
    return difference;
  }

  private static int number(String name, String json) {
    Matcher matcher = Pattern.compile("\"%s\" *: *(\\d+)".formatted(name)).matcher(json);
    assertThat(matcher.find()).as(name + " in " + json).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static double heapAfterCollection(Launched server) {
    String java = server.process().info().command().orElseThrow();
    try {
      new ProcessBuilder(
              Path.of(java).resolveSibling("jcmd").toString(),
              Long.toString(server.process().pid()),
              "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(20, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Matcher heap = HEAP.matcher(Distribution.admin(server, "/observe/metrics"));
    assertThat(heap.find()).isTrue();
    return Double.parseDouble(heap.group(1));
  }

  /// A straight line through the figures behind the warm-up rises by next to nothing.
  private static void judge(List<Double> heap, Trials trials) {
    List<Double> warm = heap.subList(heap.size() / 3, heap.size());
    if (warm.size() < 5) {
      return; // too short to tell
    }
    double middle = (warm.size() - 1) / 2.0;
    double mean = warm.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < warm.size(); i++) {
      covariance += (i - middle) * (warm.get(i) - mean);
      variance += (i - middle) * (i - middle);
    }
    double growth = covariance / variance * warm.size();
    trials.note(
        "heap %.1f MB, trend %+.2f MB in %d s"
            .formatted(mean / (1 << 20), growth / (1 << 20), warm.size() * 10));
    if (growth > GROWTH_MAX) {
      trials.violated("the heap grows: " + warm);
    }
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
