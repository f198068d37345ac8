package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// Every way in which the process is made to end: what it was doing is ended in order, its last
/// line and its exit code say whether the database has sessions of it left.
class StopIT {
  private static final String LAST_LINE = "database sessions left: 0";
  private static final Executor EACH = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void noSessionIsLeft() {
    Observer.awaitNoSession();
  }

  private static void assertStopped(Launched server, int exitCode) {
    assertThat(server.exitCode()).as(server::output).isEqualTo(exitCode);
    assertThat(server.lastLine()).contains("Stopped after", LAST_LINE);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 15", "INT, 2", "HUP, 1"})
  void requestsInFlightEndWell(String signal, int number) throws Exception {
    // Four run side by side, one connection is kept for what is urgent.
    try (Launched server = Launched.serving("DATABASE_POOL_MAXIMUM", "5")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      assumeThat(server.ignores(number)).isFalse();
      List<CompletableFuture<Reply>> running = new ArrayList<>();
      try (Observer.Lock lock = Observer.lockDealers()) {
        for (int i = 0; i < 4; i++) {
          running.add(CompletableFuture.supplyAsync(() -> client.get("/api/dealers"), EACH));
        }
        Observer.await("they run", () -> Observer.busySessions() == 4);
        server.signal(signal);
        Observer.await("it stops", () -> endsConnections(client));
        lock.release();
      }
      for (CompletableFuture<Reply> reply : running) {
        assertThat(reply.join().status()).isEqualTo(200);
        assertThat(reply.join().header("Connection")).hasValue("close");
      }
      assertStopped(server, Main.CLEAN);
    }
  }

  /// Whether a connection ends with its answer, or none is taken any more.
  private static boolean endsConnections(TestClient client) {
    try {
      return client.get("/nowhere").header("Connection").equals(Optional.of("close"));
    } catch (UncheckedIOException refused) {
      return true;
    }
  }

  @Test
  void whatDoesNotEndIsCancelledWithinTheBudget() throws Exception {
    try (Launched server = Launched.serving("STOP_BUDGET", "6s")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      try (Observer.Lock lock = Observer.lockDealers()) {
        CompletableFuture<Reply> stuck =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        Observer.await("it holds a connection", () -> Observer.busySessions() == 1);
        server.signal("TERM");
        assertThat(server.exitCode(Duration.ofSeconds(8))).as(server::output).isZero();
        assertThat(stuck.join().status()).isIn(503, 504);
        lock.release();
      }
      assertThat(server.lastLine()).contains(LAST_LINE);
    }
  }

  /// The server's processes stand still, as on a machine that swaps or whose disk hangs.
  @Test
  void aDatabaseThatStandsStillDoesNotHoldTheStopUpBeyondItsBudget() throws Exception {
    try (Launched server = Launched.serving("STOP_BUDGET", "6s")) {
      ApplicationTest.signedIn(server.client()).get("/api/dealers").expect(200);
      List<String> frozen = Running.freezeDatabase();
      try {
        server.signal("TERM");
        assertThat(server.exitCode(Duration.ofSeconds(8)))
            .as(server::output)
            .isEqualTo(Main.NOT_CLEAN);
        assertThat(server.lastLine()).contains("database sessions left: unknown");
      } finally {
        Running.thawDatabase(frozen);
      }
    }
  }

  /// Its process on the server stands still, so it does not end when it is told to.
  @Test
  void aSessionThatIsLeftMakesTheStopAnUncleanOne() throws Exception {
    try (Launched server = Launched.serving("STOP_BUDGET", "6s")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      try (Observer.Lock lock = Observer.lockDealers()) {
        CompletableFuture<Reply> stuck =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        Observer.await("it waits", () -> Observer.sessions("wait_event_type = 'Lock'") == 1);
        List<String> frozen = Running.freezeSession(backendThatWaits());
        try {
          server.signal("TERM");
          assertThat(server.exitCode(Duration.ofSeconds(8)))
              .as(server::output)
              .isEqualTo(Main.NOT_CLEAN);
          assertThat(stuck.join().status()).isIn(503, 504);
          assertThat(server.lastLine()).containsPattern("database sessions left: 1");
        } finally {
          Running.thawDatabase(frozen);
        }
        lock.release();
      }
    }
  }

  private static int backendThatWaits() {
    return Observer.number(
        """
        select pid from pg_stat_activity
         where application_name like 'showfloor/%' and wait_event_type = 'Lock'\
        """);
  }

  @Test
  void memoryThatRunsOutStopsItInOrder(@TempDir Path home) throws Exception {
    Alien alien =
        Alien.in(
            home,
            "",
            "var hog = new java.util.ArrayList<byte[]>(); while (true) hog.add(new byte[65_536]);");
    try (Launched server = alien.start()) {
      TestClient client = ApplicationTest.signedIn(server.client());
      List<CompletableFuture<Void>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(CompletableFuture.runAsync(() -> askUntilRefused(client), EACH));
      }
      alien.act();
      assertStopped(server, Main.FATAL);
      others.forEach(CompletableFuture::join);
    }
  }

  private static void askUntilRefused(TestClient client) {
    try {
      while (true) {
        client.get("/api/dealers");
      }
    } catch (UncheckedIOException gone) {
      assertThat(gone).isNotNull();
    } catch (AssertionError undescribed) {
      // Whose memory it was that ran out is told 500, which no route promises.
      assertThat(undescribed).hasMessageContaining("-> 500");
    }
  }

  @Test
  void anErrorOfTheVirtualMachineInAnyThreadStopsIt(@TempDir Path home) throws Exception {
    Alien alien = Alien.in(home, "", "throw new OutOfMemoryError(\"seeded\");");
    try (Launched server = alien.start()) {
      server.client();
      alien.act();
      assertStopped(server, Main.FATAL);
    }
  }

  @Test
  void whoeverEndsTheProcessGetsTheOrderedStop(@TempDir Path home) throws Exception {
    Alien alien = Alien.in(home, "", "System.exit(7);");
    try (Launched server = alien.start()) {
      server.client().get("/health").expect(200);
      alien.act();
      assertStopped(server, 7);
    }
  }

  @Test
  void aStartThatWaitsForTheMigrationsOfAnotherIsStoppedToo() throws Exception {
    try (Connection other = Running.session();
        var statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(%d)".formatted(0x5f10_0f10));
      try (Launched server = Launched.serving()) {
        Observer.await(
            "it waits for the other's migrations",
            () -> Observer.sessions("wait_event_type = 'Lock'") == 1);
        server.signal("TERM");
        assertThat(server.exitCode()).as(server::output).isEqualTo(Main.CLEAN);
        assertThat(server.output()).contains(LAST_LINE, "The start was ended by SIGTERM");
      }
    }
  }

  @Test
  void aStartOnASilentDatabaseIsStoppedToo() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Launched server =
            Launched.serving(
                "DATABASE_URL",
                "postgresql://jo:s3cret@127.0.0.1:%d/none".formatted(silent.getLocalPort()))) {
      silent.accept();
      server.signal("TERM");
      assertThat(server.exitCode(Duration.ofSeconds(30))).as(server::output).isEqualTo(Main.CLEAN);
      assertThat(server.lastLine()).contains("The start was ended by SIGTERM");
    }
  }

  @Test
  void aStartThatWasOnlyTriedEndsWell() {
    try (Launched server =
        Launched.start(List.of("--exit-when-ready"), "DATABASE_URL", Observer.url(""))) {
      assertStopped(server, Main.CLEAN);
    }
  }
}
