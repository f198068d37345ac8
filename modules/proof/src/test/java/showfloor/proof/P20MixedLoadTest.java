package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;

/// Everything at once, on five connections.
@Proof(
    id = "P20",
    what =
        "all that clients do, at once, by many of several companies on a pool of 5: each kind of"
            + " request is served and half of all are, no answer of 5xx but those that ask to come"
            + " back, every acknowledged lead is there once, in its company alone, and no connection"
            + " is held after it")
class P20MixedLoadTest {
  private static final int COMPANIES = 8;

  @Test
  void fiveConnectionsServeThemAll(Trials trials) {
    trials.run(
        1,
        (_, random) -> {
          try (Launched server =
              Distribution.start("DATABASE_POOL_MAXIMUM", Integer.toString(Readers.POOL))) {
            visit(server, random, trials);
            Observer.await("nothing is held", () -> Observer.busySessions() == 0);
          }
          Observer.awaitNoSession();
        });
  }

  private static void visit(Launched server, Random random, Trials trials)
      throws InterruptedException {
    List<Company> companies = new ArrayList<>();
    List<Visitor.Ledger> ledgers = new ArrayList<>();
    for (int i = 0; i < COMPANIES; i++) {
      companies.add(Company.signUp(server.client()));
      ledgers.add(Visitor.Ledger.empty());
    }
    Visits visits = new Visits(Size.MIXED);
    List<Thread> visitors = new ArrayList<>();
    for (int i = 0; i < Size.VISITORS; i++) {
      Company company = companies.get(i % COMPANIES);
      Visitor.Ledger ledger = ledgers.get(i % COMPANIES);
      Random own = new Random(random.nextLong());
      visitors.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Visitor visitor =
                        new Visitor(server.address(), company, ledger, visits, own)) {
                      while (!visits.areOver(Duration.ZERO)) {
                        visitor.go();
                        LockSupport.parkNanos(Duration.ofMillis(own.nextInt(20)).toNanos());
                      }
                    }
                  }));
    }
    for (Thread visitor : visitors) {
      visitor.join();
    }
    trials.note(
        "%d visitors, %,d answers, %,d asked to come back"
            .formatted(Size.VISITORS, visits.served(), visits.refused()));
    assertThat(visits.wrong()).as(server::output).isEmpty();
    assertThat(visits.unserved()).as("never served").isEmpty();
    assertThat(visits.served()).as("served").isGreaterThan(visits.refused());
    look(companies, ledgers);
  }

  private static void look(List<Company> companies, List<Visitor.Ledger> ledgers) {
    Set<String> everywhere = new HashSet<>();
    for (int i = 0; i < companies.size(); i++) {
      Set<String> there = companies.get(i).dealers();
      assertThat(there)
          .as("every acknowledged lead")
          .containsAll(ledgers.get(i).acknowledged())
          .isNotEmpty();
      for (String name : there) {
        assertThat(everywhere.add(name)).as("%s in one company alone", name).isTrue();
      }
    }
  }
}
