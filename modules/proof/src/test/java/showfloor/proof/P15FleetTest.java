package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.TestPostgres;

/// Several replicas share one login, and somebody else uses it too.
@Proof(
    id = "P15",
    what =
        "replicas under load, each replaced by a new one, while a rogue client opens sessions under"
            + " the same login; then twice as many, then one less than before: never more sessions than the login may"
            + " have, no request lost, no write doubled, whoever is left takes what became free")
class P15FleetTest {
  private static final int POOL = 4;
  private static final int ROGUE_MAX = 4;

  /// For one more while rolling, the rogue, and the connection that is kept; of six replicas the
  /// last gets that one alone.
  private static final int LIMIT = (Size.REPLICAS + 1) * POOL + ROGUE_MAX + 1;

  private static final int REPLICAS = Size.REPLICAS;
  private static final int GROWN = 2 * REPLICAS;
  private static final int LEFT = Math.max(1, REPLICAS - 1);
  private static final int CLIENTS = 3;

  @Test
  void theLimitHoldsAndNoRequestIsLost(Trials trials) throws Exception {
    OwnLogin login =
        OwnLogin.make(
            () -> TestPostgres.url().replaceFirst("/[^/]+$", ""),
            new OwnLogin.Credentials(TestPostgres.user(), TestPostgres.password()),
            "fleet_%x".formatted(System.nanoTime()),
            LIMIT);
    String hosts = TestPostgres.url().replaceFirst("^jdbc:postgresql://([^/]+)/.*$", "$1");
    trials.run(
        Size.ROLLS,
        (number, random) ->
            new Fleet(login, login.url(hosts) + "&connection_limit=" + POOL, trials).live(random));
  }

  /// Replicas behind a balancer.
  private static final class Fleet {
    private final OwnLogin login;
    private final String url;
    private final Trials trials;
    private final Deque<Launched> replicas = new ArrayDeque<>();
    private final List<URI> balanced = new CopyOnWriteArrayList<>();

    Fleet(OwnLogin login, String url, Trials trials) {
      this.login = login;
      this.url = url;
      this.trials = trials;
    }

    void live(Random random) throws Exception {
      try (OwnLogin.Watch watch = login.watch();
          Rogue rogue = new Rogue(login, random)) {
        grow(REPLICAS);
        Company company = Company.signUp(replicas.getFirst().client());
        try (Load load = Load.start(() -> balanced, company, CLIENTS, random)) {
          rogue.start();
          for (int i = 0; i < REPLICAS; i++) {
            pause(random.nextInt(500));
            grow(REPLICAS + 1);
            shrink(REPLICAS);
          }
          rogue.leave();
          grow(GROWN);
          pause(random.nextInt(500));
          shrink(LEFT);
          load.stop();
          trials.note("requests " + load.counts());
          assertThat(load.wrong()).isEmpty();
          assertThat(load.counts()).containsKey("200");
          Set<String> there = company.dealers(login);
          assertThat(there).as("every acknowledged write").containsAll(load.acknowledged());
          Set<String> begun = new HashSet<>(load.unanswered());
          begun.retainAll(there);
          assertThat(begun).as("written without a word to the client").isEmpty();
        }
        awaitWhole();
        shrink(0);
        Observer.await("no session is left", () -> sessions() == 0);
        assertThat(watch.looks()).isPositive();
        assertThat(watch.most()).as("sessions at once").isLessThanOrEqualTo(LIMIT);
        trials.note(
            "at most %d sessions of %d, %d of them the rogue's, seen in %d looks"
                .formatted(watch.most(), LIMIT, rogue.most(), watch.looks()));
      } finally {
        replicas.forEach(Launched::close);
      }
    }

    private void grow(int size) {
      while (replicas.size() < size) {
        Launched replica = Distribution.start("DATABASE_URL", url, "STOP_ANNOUNCE", "200ms");
        replicas.addLast(replica);
        balanced.add(replica.address());
      }
    }

    /// The oldest go, as a balancer does it that looks at readiness: no new connections first.
    private void shrink(int size) {
      while (replicas.size() > size) {
        Launched replica = replicas.removeFirst();
        balanced.remove(replica.address());
        long began = System.nanoTime();
        replica.signal("TERM");
        assertThat(replica.exitCode()).as(replica::output).isZero();
        trials.took("exit", Duration.ofNanos(System.nanoTime() - began));
      }
    }

    private void awaitWhole() {
      for (Launched replica : replicas) {
        try (HttpLine line = new HttpLine(replica.address(), "")) {
          Observer.await(
              "it has all that it wants",
              () ->
                  line.send("GET", "/observe/health/ready", "", "")
                          instanceof Answer.Complete complete
                      && complete
                          .body()
                          .contains("\"connections\":%1$d,\"wanted\":%1$d".formatted(POOL)));
        }
      }
    }

    private int sessions() {
      try {
        return login.sessions("true");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Takes some of the login's connections, and gives them back, when it likes to.
  private static final class Rogue implements AutoCloseable {
    private final OwnLogin login;
    private final Random random;
    private final Thread thread = Thread.ofPlatform().name("rogue").unstarted(this::run);
    private volatile boolean ended;
    private volatile int most;

    Rogue(OwnLogin login, Random random) {
      this.login = login;
      this.random = new Random(random.nextLong());
    }

    void start() {
      thread.start();
    }

    private void run() {
      List<Connection> held = new ArrayList<>();
      try {
        while (!ended) {
          if (held.size() == ROGUE_MAX || (!held.isEmpty() && random.nextInt(3) == 0)) {
            held.removeFirst().close();
          } else {
            open(held);
          }
          most = Math.max(most, held.size());
          pause(random.nextInt(300));
        }
        for (Connection connection : held) {
          connection.close();
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private void open(List<Connection> held) {
      try {
        held.add(login.session("rogue"));
      } catch (SQLException full) {
        assert full != null; // the wall stands
      }
    }

    int most() {
      return most;
    }

    void leave() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      leave();
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
