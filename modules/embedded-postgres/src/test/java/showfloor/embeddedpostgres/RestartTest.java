package showfloor.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static showfloor.embeddedpostgres.TestData.BUDGET;
import static showfloor.embeddedpostgres.TestData.ask;
import static showfloor.embeddedpostgres.TestData.connect;
import static showfloor.embeddedpostgres.TestData.run;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One start after another on the same data, each stopped in order.
class RestartTest {

  @Test
  void aStartFromNothingUnpacksInitialisesAndStarts() throws Exception {
    TestData.none("unused"); // the first use of the class makes the data
    assertThat(TestData.PROGRESS_OF_FIRST_START)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("unpacking PostgreSQL 18.6"),
            line -> assertThat(line).startsWith("initialising ").endsWith("/postgres"),
            line -> assertThat(line).startsWith("starting PostgreSQL on port "));
  }

  @Test
  void aLaterStartOnlyStartsOnTheSamePortWithThePasswordAndTheRowsThatWereThere() throws Exception {
    Path data = TestData.copy("restart");
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    Endpoint first = server.endpoint();
    assertThat(ask(server, "INSERT INTO kept VALUES ('last') RETURNING line")).isEqualTo("last");
    assertThat(server.stop(BUDGET)).isTrue();

    List<String> progress = new ArrayList<>();
    server = EmbeddedPostgres.start(Settings.in(data).withProgress(progress::add));
    assertThat(server.endpoint()).isEqualTo(first);
    assertThat(ask(server, "SELECT string_agg(line, ' ') FROM kept")).isEqualTo("before last");
    assertThat(server.stop(BUDGET)).isTrue();
    assertThat(progress).containsExactly("starting PostgreSQL on port " + first.port());
  }

  @Test
  void anotherPortIsTakenWhereTheRememberedOneIsInUse() throws Exception {
    Path data = TestData.copy("port");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Files.writeString(data.resolve("postgres/port"), Integer.toString(taken.getLocalPort()));
      EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
      try {
        assertThat(server.endpoint().port()).isNotEqualTo(taken.getLocalPort());
        assertThat(ask(server, "SELECT line FROM kept")).isEqualTo("before");
      } finally {
        server.stop(BUDGET);
      }
    }
  }

  @Test
  void aLostPasswordIsReplacedAndChangedLimitsAreApplied() throws Exception {
    Path data = TestData.copy("password");
    String lost = Files.readString(data.resolve("postgres/password"));
    Files.delete(data.resolve("postgres/password"));
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data).withMaxConnections(7));
    try {
      assertThat(server.endpoint().password()).isNotEqualTo(lost);
      assertThat(ask(server, "SELECT rolconnlimit FROM pg_roles WHERE rolname = session_user"))
          .isEqualTo("7");
      assertThatThrownBy(
              () -> connect(server.endpoint(), "showfloor", "showfloor_app", lost).close())
          .hasMessageContaining("password authentication failed");
    } finally {
      server.stop(BUDGET);
    }
  }

  @Test
  void openTransactionsDoNotHoldUpACleanStop() throws Exception {
    Path data = TestData.copy("open");
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    ProcessHandle postmaster = TestData.postmaster(data);
    try (Connection open = connect(server.endpoint())) {
      open.setAutoCommit(false);
      run(open, "INSERT INTO kept VALUES ('uncommitted')");
      assertThat(server.stop(BUDGET)).isTrue();
      assertThat(Files.exists(TestData.cluster(data).resolve("postmaster.pid"))).isFalse();
      assertThat(server.stop(BUDGET)).as("a second stop says the same").isTrue();
      assertThatThrownBy(() -> run(open, "SELECT 1")).isInstanceOf(SQLException.class);
    }
    assertThat(postmaster.descendants().toList()).isEmpty();
  }

  @Test
  void anInterruptedThreadStopsItAllTheSame() throws Exception {
    Path data = TestData.copy("interrupted");
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    Thread.currentThread().interrupt();
    try {
      assertThat(server.stop(BUDGET)).isTrue();
    } finally {
      assertThat(Thread.interrupted()).as("the thread is still interrupted").isTrue();
    }
    assertThat(Files.exists(TestData.cluster(data).resolve("postmaster.pid"))).isFalse();
  }

  @Test
  void aStopWithoutABudgetIsNotCleanAndLosesNothing() throws Exception {
    Path data = TestData.copy("cut");
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    assertThat(ask(server, "INSERT INTO kept VALUES ('last') RETURNING line")).isEqualTo("last");
    assertThat(server.stop(Duration.ZERO)).isFalse();

    EmbeddedPostgres again = EmbeddedPostgres.start(Settings.in(data));
    assertThat(ask(again, "SELECT count(*) FROM kept")).isEqualTo("2");
    assertThat(again.stop(BUDGET)).isTrue();
  }

  @Test
  void dataOfAnotherMajorVersionAreRefusedWithWhatToDo() throws Exception {
    Path data = TestData.copy("version");
    Files.writeString(TestData.cluster(data).resolve("PG_VERSION"), "17\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(Settings.in(data)))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("made by PostgreSQL 17, and this build brings PostgreSQL 18")
        .hasMessageContaining("pg_upgrade")
        .hasMessageContaining("DATABASE_URL");
    assertThat(Files.exists(TestData.cluster(data))).isTrue();
  }

  @Test
  void aServerThatCannotStartIsReportedWithItsLogAndLeavesTheDirectoryFree() throws Exception {
    Path data = TestData.copy("damaged");
    Path control = TestData.cluster(data).resolve("global/pg_control");
    byte[] whole = Files.readAllBytes(control);
    Files.write(control, new byte[whole.length]);
    assertThatThrownBy(() -> EmbeddedPostgres.start(Settings.in(data)))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("PostgreSQL did not start on " + TestData.cluster(data))
        .hasMessageContaining("FATAL");
    Files.write(control, whole);
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    assertThat(ask(server, "SELECT line FROM kept")).isEqualTo("before");
    assertThat(server.stop(BUDGET)).isTrue();
  }

  @Test
  void testsMayMakeDatabasesOfTheirOwn() throws Exception {
    assumeTrue(
        System.getProperty("showfloor.test.postgres", "").isEmpty(),
        "the data that are copied here are the bundled server's");
    Path data = TestData.copy("tests");
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.forTests(data));
    Endpoint to = server.endpoint();
    try (Connection connection = connect(to)) {
      run(connection, "SET ROLE showfloor_owner");
      run(connection, "CREATE DATABASE one TEMPLATE template0");
      try (Connection other = connect(to, "one", to.user(), to.password())) {
        assertThat(ask(other, "SHOW fsync")).isEqualTo("off");
      }
    } finally {
      server.stop(BUDGET);
    }
  }
}
