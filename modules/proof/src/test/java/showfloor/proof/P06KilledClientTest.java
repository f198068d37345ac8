package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// The process dies without a word, whatever its sessions are at.
@Proof(
    id = "P6",
    what =
        "kill -9 of the distribution at a random moment, in five states of its sessions: none of"
            + " them is left after 1 s, and every write that was acknowledged is there")
class P06KilledClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int IMPORTED = 60_000;

  /// What the sessions are at.
  private enum Doing {
    NOTHING,
    WHATEVER_THE_LOAD_IS_AT,
    WAITING_FOR_A_LOCK,
    IDLE_IN_TRANSACTION,
    IMPORTING
  }

  @Test
  void noSessionIsLeftOneSecondAfterAKill(Trials trials) {
    trials.run(
        Size.KILLS,
        (number, random) -> {
          List<Doing> all = List.of(Doing.values());
          Doing doing = all.get((int) ((number + Size.SEED) % all.size()));
          try (Launched server = Distribution.start()) {
            kill(server, doing, random, trials);
          }
        });
  }

  private static void kill(Launched server, Doing doing, Random random, Trials trials) {
    Company company = Company.signUp(server.client());
    try (Load load = Load.start(server.address(), company, clients(doing), random)) {
      switch (doing) {
        case NOTHING, WHATEVER_THE_LOAD_IS_AT -> pause(random.nextInt(1_000));
        case WAITING_FOR_A_LOCK -> {
          try (Observer.Lock lock = Observer.lockDealers()) {
            Observer.await(
                "sessions wait", () -> Observer.sessions("wait_event_type = 'Lock'") > 0);
            pause(random.nextInt(200));
            killed(server, doing, trials);
            lock.release();
          }
          return;
        }
        case IDLE_IN_TRANSACTION -> freezeInsideATransaction(server, random);
        case IMPORTING -> {
          Thread.ofVirtual().start(() -> importMany(server, company));
          Observer.await(
              "it imports",
              () ->
                  Observer.sessions(
                          "query ~ 'dealers.(stage|classify|insert)_' and state <> 'idle'")
                      > 0);
          pause(random.nextInt(300));
        }
      }
      killed(server, doing, trials);
      load.await();
      assertThat(company.dealers()).containsAll(load.acknowledged());
    }
  }

  private static int clients(Doing doing) {
    return doing == Doing.NOTHING || doing == Doing.IMPORTING ? 0 : 8;
  }

  private static void killed(Launched server, Doing doing, Trials trials) {
    assertThat(Observer.sessions()).as("sessions that it holds").isPositive();
    long began = System.nanoTime();
    server.process().destroyForcibly();
    Observer.await("no session is left", () -> Observer.sessions() == 0);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    trials.took(doing.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), took);
    assertThat(took)
        .as("sessions left after a kill when %s", doing)
        .isLessThanOrEqualTo(Size.limit(LIMIT));
  }

  /// Stops the process where one of its sessions is between two statements.
  private static void freezeInsideATransaction(Launched server, Random random) {
    Observer.await(
        "a session is idle in its transaction",
        () -> {
          server.signal("CONT");
          pause(random.nextInt(30));
          server.signal("STOP");
          pause(20); // what was under way is answered
          return Observer.sessions("state = 'idle in transaction'") > 0;
        });
  }

  private static void importMany(Launched server, Company company) {
    String csv =
        IntStream.range(0, IMPORTED)
            .mapToObj(i -> "Dealer " + i)
            .collect(Collectors.joining("\n", "Company Name\n", "\n"));
    try (HttpLine line = new HttpLine(server.address(), company.token())) {
      Answer answer = line.send("POST", "/api/dealers/import?mode=skip", "text/csv", csv);
      assertThat(answer).isInstanceOf(Answer.class);
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
