package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.stop.StopRequest;
import showfloor.testing.Observer;

/// A start that fails at each of its steps: it says why, and leaves no thread, socket or session.
class StartFailuresTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  /// What the virtual machine and libraries keep for good is there before anybody compares.
  @BeforeAll
  static void startOnce() throws Exception {
    try (Running server = Running.start()) {
      server.client().get("/health").expect(200);
    }
  }

  private static String failure(String... environment) throws Exception {
    Remains remains = Remains.since();
    StartFailure failure =
        catchThrowableOfType(StartFailure.class, () -> Running.start(environment));
    assertThat(failure).as("the start fails").isNotNull();
    remains.assertNone();
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

  /// The bound: 5 s for each answer, and the driver asks twice.
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
    String stranger = name("stranger");
    asOwner(
        "showfloor",
        "create role %s login password 'x'".formatted(stranger),
        "create database " + stranger);
    assertThat(failure("DATABASE_URL", as(stranger)))
        .contains("is not a member of showfloor_owner", "grant \"showfloor_owner\" to");
  }

  @Test
  void anOwnerThatMayNotMakeRolesIsToldTheStatements() throws Exception {
    String plain = name("plain");
    asOwner("showfloor", "create role %s login password 'x'".formatted(plain));
    asOwner(
        "showfloor",
        "grant %s to showfloor_owner".formatted(plain),
        "create database %1$s owner %1$s".formatted(plain));
    assertThat(failure("DATABASE_URL", as(plain)))
        .contains(
            "may not create the module roles", "alter role \"%s\" createrole".formatted(plain));
  }

  @Test
  void aMigrationThatFailsIsNamedAndNothingIsChanged() throws Exception {
    String database = name("half_made");
    asOwner("showfloor", "create database " + database);
    asOwner(database, "create schema dealers", "create table dealers.dealers ()");
    assertThat(failure("DATABASE_URL", onDatabase(database)))
        .contains("migration dealers/V", " failed: ", "already exists");
    asOwner(database, "create schema auth"); // which ran before: it is not there
  }

  @Test
  void aDatabaseThatMigrationsLeaveOpenIsRefused() throws Exception {
    String database = name("open");
    asOwner("showfloor", "create database " + database);
    asOwner(database, "alter default privileges grant select on tables to public");
    assertThat(failure("DATABASE_URL", onDatabase(database)))
        .contains("the migrations leave the database open", "PUBLIC has rights");
    asOwner(database, "create schema auth");
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

  /// The server outlives the test.
  private static String name(String base) {
    return "%s_%d_%x".formatted(base, NAMES.incrementAndGet(), System.currentTimeMillis());
  }

  private static String onDatabase(String name) {
    return Observer.url("").replaceFirst("/showfloor\\?", "/" + name + "?");
  }

  private static String as(String loginAndDatabase) {
    return onDatabase(loginAndDatabase)
        .replaceFirst("user=[^&]*&password=[^&]*", "user=" + loginAndDatabase + "&password=x");
  }

  private static void asOwner(String database, String... statements) throws SQLException {
    try (Connection connection = Running.session(database);
        var statement = connection.createStatement()) {
      statement.execute("set role showfloor_owner");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
