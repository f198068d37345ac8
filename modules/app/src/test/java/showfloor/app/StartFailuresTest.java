package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.app.stop.StopRequest;
import showfloor.testing.Observer;
import showfloor.testing.TestPostgres;

/// A start that fails at each of its steps: it says why, and leaves no thread, socket or session.
class StartFailuresTest {
  private static final long MIGRATION_LOCK = 0x5f10_0f10;

  /// What the virtual machine and libraries keep for good is there before anybody compares.
  @BeforeAll
  static void startOnce() throws Exception {
    try (Running server = Running.start()) {
      server.client().get("/health").expect(200);
    }
  }

  private static String failure(String... environment) {
    Remains remains = Remains.since();
    String failure = failed(new StopRequest(), environment);
    remains.assertNone();
    return failure;
  }

  /// Why the start fails.
  static String failed(StopRequest stop, String... environment) {
    StartFailure failure =
        catchThrowableOfType(
            StartFailure.class, () -> Application.start(Running.settings(environment), stop));
    assertThat(failure).as("the start fails").isNotNull();
    return String.valueOf(failure.getMessage());
  }

  private static String on(String host, int port) {
    return Observer.url("").replaceFirst("//[^/]+/", "//" + host + ":" + port + "/");
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void aPortThatIsTakenIsNamedBeforeTheDatabaseIsTouched() throws Exception {
    try (ServerSocket taken = listening()) {
      String port = Integer.toString(taken.getLocalPort());
      String nowhere = on("127.0.0.1", 1);
      assertThat(failure("PORT", port, "DATABASE_URL", nowhere))
          .startsWith("Port %s on 127.0.0.1 can't be taken: Address already in use".formatted(port))
          .contains("set PORT to another number");
      assertThat(failure("ADMIN_PORT", port, "DATABASE_URL", nowhere))
          .startsWith("Port %s on 127.0.0.1 can't be taken".formatted(port))
          .contains("set ADMIN_PORT to another number");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() throws Exception {
    assertThat(failure("HOST", "192.0.2.1"))
        .startsWith("Port 0 on 192.0.2.1 can't be taken: ")
        .contains("HOST to an address of this machine");
  }

  @Test
  void nobodyListensThere() throws Exception {
    assertThat(failure("DATABASE_URL", on("127.0.0.1", 1)))
        .startsWith("cannot connect to jdbc:postgresql://127.0.0.1:1/showfloor as ");
  }

  @Test
  void aWrongPasswordIsSaidWithoutShowingAny() throws Exception {
    String wrong = Observer.url("").replaceAll("password=[^&]*", "password=wr0ng-secret");
    assertThat(failure("DATABASE_URL", wrong))
        .contains("password authentication failed")
        .doesNotContain("wr0ng-secret");
  }

  @Test
  void aDatabaseThatIsNotThereIsSaid() throws Exception {
    assertThat(failure("DATABASE_URL", Observer.url("").replaceFirst("/showfloor\\?", "/nosuch?")))
        .contains("database \"nosuch\" does not exist");
  }

  /// The bound: 5 s for each connection's login, and the driver tries twice.
  @Test
  void aServerThatTakesConnectionsAndSaysNothingIsGivenUpWithinSeconds() throws Exception {
    try (ServerSocket silent = listening()) {
      long began = System.nanoTime();
      assertThat(failure("DATABASE_URL", on("127.0.0.1", silent.getLocalPort())))
          .contains("the server takes connections but does not answer");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aServerThatHangsUpIsSaid() throws Exception {
    try (ServerSocket rude = listening()) {
      Thread.ofVirtual().start(() -> hangUpOnEach(rude));
      assertThat(failure("DATABASE_URL", on("127.0.0.1", rude.getLocalPort())))
          .startsWith("cannot connect to ");
    }
  }

  private static void hangUpOnEach(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.setSoLinger(true, 0);
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void aLoginThatIsNotTheOwnersMemberIsToldTheGrant() throws Exception {
    String stranger = OwnLogin.name("stranger");
    OwnLogin.asOwner(
        "showfloor",
        "create role %s login password 'x'".formatted(stranger),
        "create database " + stranger);
    assertThat(failure("DATABASE_URL", OwnLogin.url(stranger)))
        .contains("is not a member of showfloor_owner", "grant \"showfloor_owner\" to");
  }

  @Test
  void anOwnerThatMayNotMakeRolesIsToldTheStatements() throws Exception {
    String plain = OwnLogin.name("plain");
    OwnLogin.asOwner("showfloor", "create role %s login password 'x'".formatted(plain));
    OwnLogin.asOwner(
        "showfloor",
        "grant %s to showfloor_owner".formatted(plain),
        "create database %1$s owner %1$s".formatted(plain));
    assertThat(failure("DATABASE_URL", OwnLogin.url(plain)))
        .contains(
            "may not create the module roles", "alter role \"%s\" createrole".formatted(plain));
  }

  @Test
  void aMigrationThatFailsIsNamedAndNothingIsChanged() throws Exception {
    String database = OwnLogin.name("half_made");
    OwnLogin.asOwner("showfloor", "create database " + database);
    OwnLogin.asOwner(database, "create schema dealers", "create table dealers.dealers ()");
    assertThat(failure("DATABASE_URL", OwnLogin.onDatabase(database)))
        .contains("migration dealers/V", " failed: ", "already exists");
    OwnLogin.asOwner(database, "create schema auth"); // which ran before: it is not there
  }

  @Test
  void aDatabaseThatMigrationsLeaveOpenIsRefused() throws Exception {
    String database = OwnLogin.name("open");
    OwnLogin.asOwner("showfloor", "create database " + database);
    OwnLogin.asOwner(database, "alter default privileges grant select on tables to public");
    assertThat(failure("DATABASE_URL", OwnLogin.onDatabase(database)))
        .contains("the migrations leave the database open", "PUBLIC has rights");
    OwnLogin.asOwner(database, "create schema auth");
  }

  /// The neighbour was promised three and opens two at most: there is one to start with.
  @Test
  void aStartForWhichNoConnectionIsLeftShowsTheSum() throws Exception {
    String login = OwnLogin.limited(4);
    String url = OwnLogin.url(login);
    try (Running neighbour = Running.start("DATABASE_URL", url, "DATABASE_POOL_MAXIMUM", "3");
        Connection person = OwnLogin.session(login)) {
      assertThat(failure("DATABASE_URL", url))
          .startsWith("no connection is left for this instance: the role " + login)
          .contains("allows 4 connections, in use are 4 (3 of showfloor/")
          .contains(
              "1 in sessions of no instance of this database), left 0, wanted " + TestPostgres.POOL,
              "alter role \"%s\" connection limit ".formatted(login));
      assertThat(person.isValid(1)).isTrue();
      neighbour.client().get("/observe/health/ready").expect(200);
    }
  }

  /// The only step behind the opening of the database. Who takes the port comes while the start
  /// waits for the migrations of another.
  @ParameterizedTest
  @ValueSource(strings = {"PORT", "ADMIN_PORT"})
  void aPortThatIsTakenMeanwhileIsNamedAndTheDatabaseIsLeft(String setting) throws Exception {
    String port = freePort();
    Remains remains = Remains.since();
    try (Connection other = Running.session();
        var statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(%d)".formatted(MIGRATION_LOCK));
      CompletableFuture<String> start =
          CompletableFuture.supplyAsync(() -> failed(new StopRequest(), setting, port));
      Observer.await("it waits", () -> Observer.sessions("wait_event_type = 'Lock'") == 1);
      try (ServerSocket taken =
          new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress())) {
        statement.execute("select pg_advisory_unlock(%d)".formatted(MIGRATION_LOCK));
        assertThat(start.join())
            .startsWith("Port %d on 127.0.0.1 can't be taken".formatted(taken.getLocalPort()))
            .contains("set %s to another number".formatted(setting));
      }
    }
    remains.assertNoneBut(1);
  }

  private static String freePort() throws IOException {
    try (ServerSocket free = listening()) {
      return Integer.toString(free.getLocalPort());
    }
  }

  @Test
  void aStartThatIsToldToStopStops() throws Exception {
    Remains remains = Remains.since();
    StopRequest stop = new StopRequest();
    stop.ask("SIGTERM", false);
    StartFailure failure =
        catchThrowableOfType(StartFailure.class, () -> Application.start(Running.settings(), stop));
    assertThat(failure).hasMessageContaining("SIGTERM");
    remains.assertNone();
  }

  @Test
  void aStartThatDoesNotFailLeavesNothingWhenItHasStopped() throws Exception {
    Remains remains = Remains.since();
    Running.start().close();
    remains.assertNone();
  }
}
