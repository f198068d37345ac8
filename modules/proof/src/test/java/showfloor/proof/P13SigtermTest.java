package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// The process is asked to stop while it is busy.
@Proof(
    id = "P13",
    what =
        "SIGTERM at a random moment under load: every request that was begun is answered whole, one"
            + " that got no byte had no effect, every acknowledged write is there, exit code 0"
            + " within the budget, no session 1 s later")
class P13SigtermTest {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int CLIENTS = 12;

  @Test
  void noAcceptedRequestIsLost(Trials trials) {
    trials.run(
        Size.TERMS,
        (number, random) -> {
          int announceMs = random.nextInt(3) * 200;
          try (Launched server =
              Distribution.start("STOP_BUDGET", "10s", "STOP_ANNOUNCE", announceMs + "ms")) {
            stop(server, random, trials);
          }
        });
  }

  private static void stop(Launched server, Random random, Trials trials) {
    Company company = Company.signUp(server.client());
    try (Load load = Load.start(server.address(), company, CLIENTS, random)) {
      LockSupport.parkNanos(Duration.ofMillis(100 + random.nextInt(1_500)).toNanos());
      long began = System.nanoTime();
      server.signal("TERM");
      assertThat(server.exitCode(BUDGET)).as(server::output).isZero();
      trials.took("exit", since(began));
      began = System.nanoTime();
      Observer.awaitNoSession();
      Duration left = since(began);
      trials.took("sessions gone after it", left);
      load.await();
      assertThat(load.wrong()).as(server::output).isEmpty();
      Set<String> there = company.dealers();
      assertThat(there).as("every acknowledged write").containsAll(load.acknowledged());
      Set<String> begun = new HashSet<>(load.unanswered());
      begun.retainAll(there);
      assertThat(begun).as("written without a word to the client").isEmpty();
      assertThat(left).isLessThanOrEqualTo(Size.limit(LIMIT));
      assertThat(load.counts()).as("requests answered").containsKey("200");
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
