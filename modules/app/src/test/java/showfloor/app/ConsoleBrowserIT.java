package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import showfloor.embeddedpostgres.EmbeddedPostgres;
import showfloor.embeddedpostgres.Endpoint;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// The connection console in a real browser: `mvn -Pbrowser verify`. Its pictures are in
/// `target/browser/`, for a person to look at.
@Tag("browser")
class ConsoleBrowserIT {
  private static final String TOKEN = "an-0perator's-secret";

  private static Optional<Browser> found = Optional.empty();

  @BeforeAll
  static void install() throws Exception {
    found = Browser.find();
    if (found.isEmpty()) {
      System.getLogger(ConsoleBrowserIT.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "SKIPPED: the console is not tested in a browser. Install chromium, node and npm.");
    }
    Assumptions.assumeTrue(found.isPresent(), "chromium, node or npm is missing");
    found.get().install();
  }

  private static void play(String scene, Running server) throws Exception {
    found.orElseThrow().play(scene, server.adminPort(), Map.of(), Map.of("TOKEN", TOKEN));
  }

  @Test
  void anIdleServerShowsItsFreeConnectionsAndThatNobodyWaits() throws Exception {
    try (Running server = Running.start()) {
      play("empty", server);
    }
  }

  @Test
  void underLoadItIsReadableOnADeskAndOnAPhoneInLightAndDark() throws Exception {
    try (Running server = Running.start("LIMITS_BURST", "1000000")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      try (Callers callers = new Callers(24, () -> client.get("/api/dealers?search=lighting"))) {
        play("load", server);
        assertThat(callers.answers()).contains(200).isSubsetOf(200, 503);
      }
    }
  }

  @Test
  void aStuckLeaseIsFoundAndCancelledByKeyboardAlone() throws Exception {
    try (Running server = Running.start()) {
      assertThat(whileStuck("stuck", server)).isSubsetOf(200, 503, 504);
    }
  }

  @Test
  void aStuckLeaseIsReadableOnAPhone() throws Exception {
    try (Running server = Running.start()) {
      assertThat(whileStuck("phone", server)).isSubsetOf(200, 503, 504);
    }
  }

  /// One request after the other waits for a lock until its deadline, or until it is cancelled.
  private static Set<Integer> whileStuck(String scene, Running server) throws Exception {
    TestClient client = ApplicationTest.signedIn(server.client());
    try (Callers callers = new Callers(1, () -> client.get("/api/dealers"))) {
      try (Observer.Lock lock = Observer.lockDealers()) {
        play(scene, server);
        lock.release();
      }
      return callers.answers();
    }
  }

  /// Those who call again and again until the end.
  private static final class Callers implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads;

    Callers(int number, Supplier<Reply> call) {
      Runnable calls =
          () -> {
            while (!ended.get()) {
              answers.add(call.get().status());
            }
          };
      threads = Stream.generate(() -> Thread.startVirtualThread(calls)).limit(number).toList();
    }

    /// The statuses so far.
    Set<Integer> answers() {
      return Set.copyOf(answers);
    }

    @Override
    public void close() {
      ended.set(true);
      try {
        for (Thread thread : threads) {
          thread.join(Duration.ofSeconds(30));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void inProductionWithoutATokenTheButtonsSayWhyTheyAreOff() throws Exception {
    try (Running server = Running.start("SHOWFLOOR_MODE", "production", "STOP_ANNOUNCE", "0s")) {
      play("off", server);
    }
  }

  @Test
  void theTokenIsAskedForOnceATab() throws Exception {
    try (Running server = Running.start("ADMIN_TOKEN", TOKEN)) {
      play("token", server);
    }
  }

  @Test
  void thatTheDatabaseIsDownOrTheStreamIsLostCannotBeOverlooked(@TempDir Path data)
      throws Exception {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(showfloor.embeddedpostgres.Settings.forTests(data));
    Endpoint at = postgres.endpoint();
    String url =
        "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
            .formatted(at.host(), at.port(), at.database(), at.user(), at.password());
    try (Running server = Running.start("DATABASE_URL", url)) {
      Map<String, Runnable> outside =
          Map.of(
              "stop the database",
              () -> assertThat(postgres.stop(Duration.ofSeconds(20))).isTrue(),
              "stop the server",
              server::stop);
      found.orElseThrow().play("down", server.adminPort(), outside, Map.of());
    } finally {
      postgres.stop(Duration.ofSeconds(20));
    }
  }
}
