package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// What an operator does with the distribution: asks, misconfigures, starts, stops, kills.
class DistributionIT {
  private static final List<String> NONE = List.of();

  @Test
  void itTellsWhatItIsAndWhatItTakes() {
    try (Launched help = Launched.start(List.of("--help"));
        Launched version = Launched.start(List.of("--version"));
        Launched wrong = Launched.start(List.of("--hlep"))) {
      assertThat(help.exitCode()).isZero();
      assertThat(help.output())
          .contains("Usage: showfloor [options]", "DATABASE_URL", "Exit codes");
      assertThat(version.exitCode()).isZero();
      assertThat(version.output()).matches("showfloor \\d+\\.\\d+\\.\\d+\\R");
      assertThat(wrong.exitCode()).isEqualTo(64);
      assertThat(wrong.output()).contains("did you mean --help?");
    }
  }

  @Test
  void allFaultsOfAConfigurationAreListedAtOnce() {
    try (Launched faulty =
        Launched.start(
            NONE, "PORT", "http", "STOP_BUDGET", "1h", "DATABASE_URL", "mysql://u:s3cret@h/d")) {
      assertThat(faulty.exitCode()).isEqualTo(78);
      assertThat(faulty.output())
          .contains("3 faults", "server.port", "stop.budget", "database.url")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void aTermEndsItInOrderAndNoSessionIsLeft() {
    try (Launched server = Launched.serving()) {
      server.client().get("/observe/health/ready").expect(200);
      assertThat(Observer.sessions()).isPositive();
      server.signal("TERM");
      assertThat(server.exitCode()).as(server::output).isZero();
      Observer.awaitNoSession();
      assertThat(server.output().lines().toList().getLast())
          .contains("Stopped after", "database sessions left: 0");
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (Launched server = Launched.serving("STOP_BUDGET", "60s")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      try (Observer.Lock lock = Observer.lockDealers()) {
        CompletableFuture<Reply> stuck =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        Observer.await("it holds a connection", () -> Observer.busySessions() == 1);
        server.signal("TERM");
        Observer.await("it stops", () -> server.output().contains("Stopping because of SIGTERM"));
        // A signal within two seconds is the same wish.
        LockSupport.parkNanos(Duration.ofMillis(2_100).toNanos());
        server.signal("TERM");
        assertThat(server.exitCode(Duration.ofSeconds(3))).isEqualTo(143);
        assertThat(stuck).failsWithin(Duration.ofSeconds(5));
        // Nobody said goodbye: the server notices by itself.
        Observer.await("the statement ends", () -> Observer.busySessions() == 0);
        lock.release();
      }
      Observer.awaitNoSession();
    }
  }

  @Test
  void afterAKillTheServerEndsItsSessions() throws Exception {
    try (Launched server = Launched.serving()) {
      TestClient client = ApplicationTest.signedIn(server.client());
      try (Observer.Lock lock = Observer.lockDealers()) {
        CompletableFuture<Reply> stuck =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        Observer.await("it holds a connection", () -> Observer.busySessions() == 1);
        server.signal("KILL");
        assertThat(server.exitCode()).isEqualTo(137);
        assertThat(stuck).failsWithin(Duration.ofSeconds(5));
        Observer.await("the waiting statement ends too", () -> Observer.sessions() == 0);
        lock.release();
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"));
        Launched server = Launched.serving("PORT", Integer.toString(taken.getLocalPort()))) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.output()).contains("Port " + taken.getLocalPort(), "set PORT");
      Observer.awaitNoSession();
    }
  }

  @Test
  void anUnreachableDatabaseIsSaid() {
    try (Launched server =
        Launched.start(NONE, "DATABASE_URL", "postgresql://jo:s3cret@127.0.0.1:1/none")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.output())
          .contains("cannot connect to jdbc:postgresql://127.0.0.1:1/none as jo")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void aServerThatHasNoConnectionLeftIsSaid() throws Exception {
    String login = OwnLogin.limited(1);
    try (Connection person = OwnLogin.session(login);
        Launched server = Launched.serving("DATABASE_URL", OwnLogin.url(login))) {
      assertThat(server.exitCode()).as(server::output).isEqualTo(1);
      assertThat(server.output())
          .contains("too many connections for role", login)
          .contains("wanted is 1 to start with and %d in all".formatted(TestPostgres.POOL));
      assertThat(person.isValid(1)).isTrue();
    }
  }

  /// As somebody has it in `/usr/local/bin`, and folders have blanks.
  @Test
  void itIsFoundThroughALinkWhateverTheClassPath(@TempDir Path folder) throws Exception {
    Path link = Files.createDirectory(folder.resolve("my bin")).resolve("showfloor");
    Files.createSymbolicLink(link, Launched.HOME.resolve("bin/showfloor"));
    try (Launched version =
            Launched.start(link, List.of("--version"), "CLASSPATH", "evil.jar", "CDPATH", "/");
        Launched check = Launched.start(link, List.of("--check-config"), "CLASSPATH", "evil.jar")) {
      assertThat(version.exitCode()).isZero();
      assertThat(version.output()).startsWith("showfloor ");
      assertThat(check.exitCode()).as(check::output).isZero();
    }
  }

  @Test
  void aModuleBesideTheOthersThatReadsJdbcIsRefused() {
    try (Launched server =
        Launched.serving("JAVA_OPTS", "--add-reads=showfloor.dealers=java.sql -Xmx256m")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.output()).contains("Refusing to serve", "showfloor.dealers reads java.sql");
    }
  }

  @Test
  void whatWasCommittedOnTheEmbeddedDatabaseOutlivesAKill(@TempDir Path data) {
    String credentials = "{\"email\": \"jo@example.com\", \"password\": \"correct horse battery\"}";
    try (Launched killed = Launched.start(NONE, "DATA_DIR", data.toString())) {
      TestClient client = killed.client();
      client
          .post(
              "/api/auth/register",
              credentials.replace(
                  "}", ", \"firstName\": \"Jo\", \"lastName\": \"R\", \"companyName\": \"Acme\"}"))
          .expect(201);
      killed.signal("KILL");
      assertThat(killed.exitCode()).isEqualTo(137);
    }
    try (Launched again = Launched.start(NONE, "DATA_DIR", data.toString())) {
      again.client().post("/api/auth/login", credentials).expect(200);
      again.signal("TERM"); // a shell may have started this with INT ignored
      assertThat(again.exitCode()).as(again::output).isZero();
    }
    assertThat(data.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
  }
}
