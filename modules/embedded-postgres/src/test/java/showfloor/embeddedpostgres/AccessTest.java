package showfloor.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static showfloor.embeddedpostgres.TestData.ask;
import static showfloor.embeddedpostgres.TestData.connect;
import static showfloor.embeddedpostgres.TestData.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who gets in, and what he may do there.
class AccessTest {
  private static final int CONNECTIONS = 4;

  private static Path data;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    data = TestData.copy("access");
    server = EmbeddedPostgres.start(Settings.in(data).withMaxConnections(CONNECTIONS));
  }

  @AfterAll
  static void stop() {
    assertThat(server.stop(TestData.BUDGET)).isTrue();
  }

  @Test
  void theTestsRunInTheNamedModule() {
    assertThat(EmbeddedPostgres.class.getModule().getName())
        .isEqualTo("showfloor.embeddedpostgres");
    assertThat(getClass().getModule()).isSameAs(EmbeddedPostgres.class.getModule());
  }

  @Test
  void theLoginIsNoSuperuserAndHasNoRightOfItsOwn() throws SQLException {
    String rights =
        ask(
            server,
            """
            SELECT concat_ws(' ', rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb,
                rolreplication, rolbypassrls, rolconnlimit)
            FROM pg_roles WHERE rolname = session_user
            """);
    assertThat(rights).isEqualTo("showfloor_app f f f f f f " + CONNECTIONS);
    assertThat(ask(server, "SELECT count(*) FROM pg_class WHERE relowner = session_user::regrole"))
        .isEqualTo("0");
    assertThat(stateOf(() -> ask(server, "CREATE SCHEMA mine"))).isEqualTo("42501");
    assertThat(stateOf(() -> ask(server, "CREATE TEMPORARY TABLE mine ()"))).isEqualTo("42501");
  }

  @Test
  void theLoginMayBecomeTheOwnerWhoMakesRolesAndExtensionsButIsNoSuperuser() throws SQLException {
    try (Connection connection = connect(server.endpoint())) {
      connection.setAutoCommit(false);
      run(connection, "SET LOCAL ROLE showfloor_owner");
      run(connection, "CREATE ROLE d_dealers NOLOGIN");
      run(connection, "GRANT d_dealers TO showfloor_app WITH INHERIT FALSE, SET TRUE");
      run(connection, "CREATE SCHEMA ext");
      run(connection, "CREATE EXTENSION pg_trgm SCHEMA ext");
      run(connection, "CREATE EXTENSION btree_gin SCHEMA ext");
      run(connection, "CREATE EXTENSION unaccent SCHEMA ext");
      connection.rollback();
      for (String forbidden :
          List.of(
              "COPY public.kept TO PROGRAM 'cat'",
              "COPY public.kept FROM '/etc/passwd'",
              "GRANT pg_execute_server_program TO showfloor_app",
              "ALTER ROLE postgres PASSWORD 'x'",
              "ALTER ROLE showfloor_app SUPERUSER",
              "CREATE DATABASE another")) {
        connection.setAutoCommit(true);
        run(connection, "SET ROLE showfloor_owner");
        assertThat(stateOf(() -> run(connection, forbidden))).as(forbidden).isEqualTo("42501");
      }
    }
  }

  @Test
  void nobodyLogsInAsTheSuperuser() {
    Endpoint to = server.endpoint();
    for (String password : List.of("", "postgres", to.password())) {
      assertThat(stateOf(() -> connect(to, to.database(), "postgres", password).close()))
          .isEqualTo("28000");
    }
  }

  @Test
  void theLoginReachesItsOwnDatabaseOnly() {
    Endpoint to = server.endpoint();
    for (String database : List.of("postgres", "template1", "template0")) {
      assertThat(stateOf(() -> connect(to, database, to.user(), to.password()).close()))
          .isEqualTo("28000");
    }
  }

  @Test
  void nobodyIsTrustedWithoutThePassword() {
    Endpoint to = server.endpoint();
    assertThat(stateOf(() -> connect(to, to.database(), to.user(), "wrong").close()))
        .isEqualTo("28P01");
    assertThat(to.password()).hasSize(43);
  }

  @Test
  void oneSessionMoreThanAllowedIsRefusedByTheRolesLimit() throws SQLException {
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(connect(server.endpoint()));
      }
      assertThatThrownBy(() -> connect(server.endpoint()).close())
          .hasMessageContaining("too many connections for role \"showfloor_app\"");
    } finally {
      for (Connection each : open) {
        each.close();
      }
    }
  }

  @Test
  void onlyThisMachineReachesThePort() throws Exception {
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : network.inetAddresses().toList()) {
        if (!address.isLoopbackAddress()) {
          assertThatThrownBy(() -> tryToReach(address)).isInstanceOf(IOException.class);
        }
      }
    }
    tryToReach(InetAddress.ofLiteral("127.0.0.1"));
  }

  private static void tryToReach(InetAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, server.endpoint().port()), 2_000);
    }
  }

  @Test
  void aCommitWaitsForTheDiskAndPagesHaveChecksums() throws SQLException {
    for (String setting :
        List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
      assertThat(ask(server, "SHOW " + setting)).as(setting).isEqualTo("on");
    }
  }

  @Test
  void lettersBeyondAsciiAreLettersToEveryFunction() throws SQLException {
    try (Connection connection = connect(server.endpoint())) {
      connection.setAutoCommit(false);
      run(connection, "SET LOCAL ROLE showfloor_owner");
      run(connection, "CREATE EXTENSION pg_trgm");
      assertThat(ask(connection, "SELECT lower('ÄÉŁ')")).isEqualTo("äéł");
      assertThat(ask(connection, "SELECT cardinality(show_trgm('ÄÉŁ'))")).isEqualTo("4");
      assertThat(ask(connection, "SELECT similarity('Müller', 'MÜLLER')")).isEqualTo("1");
      connection.rollback();
    }
  }

  @Test
  void thePasswordStaysInAFileOfTheOwner() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("postgres/password"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(TestData.cluster(data))))
        .isEqualTo("rwx------");
    assertThat(server.endpoint().toString()).doesNotContain(server.endpoint().password());
  }

  @Test
  void theTextsOfFailedStatementsStayOutOfTheLog() throws Exception {
    assertThat(stateOf(() -> ask(server, "SELECT 'a secret'::integer"))).isEqualTo("22P02");
    for (Path file : Folder.children(data.resolve("postgres/log"))) {
      assertThat(Files.readString(file)).doesNotContain("a secret", server.endpoint().password());
    }
  }

  @Test
  void itIsInASessionOfItsOwnSoThatCtrlCDoesNotReachIt() {
    ProcessHandle postmaster = TestData.postmaster(data);
    Path stat = Path.of("/proc", Long.toString(postmaster.pid()), "stat");
    assumeTrue(Files.exists(stat));
    String afterName = Folder.read(stat).replaceFirst(".*\\) ", "");
    List<String> fields = List.of(afterName.split(" "));
    assertThat(fields.get(2)).as("group").isEqualTo(Long.toString(postmaster.pid()));
    assertThat(fields.get(3)).as("session").isEqualTo(Long.toString(postmaster.pid()));
  }

  @Test
  void aSecondStartIsRefusedHereAndInAnotherProcess() throws Exception {
    assertThatThrownBy(() -> EmbeddedPostgres.start(Settings.in(data)))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("is in use by this process")
        .hasMessageContaining("DATA_DIR");
    try (ServerProcess other = ServerProcess.on(data)) {
      assertThat(other.awaitLine("refused"))
          .contains("is in use by process " + ProcessHandle.current().pid());
    }
    assertThat(ask(server, "SELECT 1")).isEqualTo("1");
  }

  private static String stateOf(ThrowingCallable statement) {
    SQLException refused = catchThrowableOfType(SQLException.class, statement);
    return refused == null ? "no error" : refused.getSQLState();
  }
}
