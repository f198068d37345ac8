package showfloor.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static showfloor.embeddedpostgres.TestData.BUDGET;
import static showfloor.embeddedpostgres.TestData.ask;
import static showfloor.embeddedpostgres.TestData.connect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A start after something was killed as `kill -9` does it.
class KilledTest {
  private static final String ENDLESS =
      "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b";

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // the query has no end
  void aKilledServerWithABusySessionIsStartedAnewWithAllItHadCommitted() throws Exception {
    Path data = TestData.copy("postmaster");
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    assertThat(ask(server, "INSERT INTO kept VALUES ('last') RETURNING line")).isEqualTo("last");
    try (Connection busy = connect(server.endpoint());
        ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      // It waits for nothing, so it doesn't notice that its postmaster is gone.
      Future<String> answer = thread.submit(() -> ask(busy, ENDLESS));
      awaitSession(server, ENDLESS);
      TestData.postmaster(data).destroyForcibly();
      assertThat(server.stop(BUDGET)).as("it was gone").isFalse();

      EmbeddedPostgres again = EmbeddedPostgres.start(Settings.in(data));
      assertThatThrownBy(answer::get).hasCauseInstanceOf(SQLException.class);
      assertThat(ask(again, "SELECT count(*) FROM kept")).isEqualTo("2");
      assertThat(again.stop(BUDGET)).isTrue();
    }
  }

  private static void awaitSession(EmbeddedPostgres server, String query) throws SQLException {
    String count = "SELECT count(*) FROM pg_stat_activity WHERE query = '" + query + "'";
    while (ask(server, count).equals("0")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aServerLeftByAKilledProcessIsStoppedAndStartedAnew() throws Exception {
    Path data = TestData.copy("left");
    try (ServerProcess killed = ServerProcess.on(data)) {
      killed.awaitLine("ready");
    }
    ProcessHandle left = TestData.postmaster(data);
    assertThat(left.isAlive()).isTrue();

    List<String> progress = new ArrayList<>();
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data).withProgress(progress::add));
    try {
      assertThat(progress).contains("stopping the PostgreSQL that an earlier process left");
      assertThat(TestData.postmaster(data).pid()).isNotEqualTo(left.pid());
      assertThat(ask(server, "SELECT line FROM kept")).isEqualTo("before");
    } finally {
      assertThat(server.stop(BUDGET)).isTrue();
    }
  }

  @Test
  void aStaleFileThatNamesAnotherProgramIsClearedAndThatProgramLeftAlone() throws Exception {
    Path data = TestData.copy("stale");
    // Where the server is the same user as that program, PostgreSQL would take it for a server.
    Files.setPosixFilePermissions(
        data.resolve("..").normalize(), PosixFilePermissions.fromString("rwx------"));
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          TestData.cluster(data).resolve("postmaster.pid"),
          other.pid() + "\n" + TestData.cluster(data) + "\n1\n5432\n\n127.0.0.1\n0 0\nready\n");
      EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
      assertThat(ask(server, "SELECT line FROM kept")).isEqualTo("before");
      assertThat(server.stop(BUDGET)).isTrue();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 700})
  void aKilledInitialisationIsMadeAgainFromNothing(int milliseconds) throws Exception {
    Path data = TestData.copyWithoutCluster("initialising");
    try (ServerProcess killed = ServerProcess.on(data)) {
      killed.awaitLine("initialising");
      // The point in the initialisation at which it is killed is what this test varies.
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    }
    startsWholeOn(data);
  }

  @Test
  void aKilledUnpackingIsDoneAgainFromNothing() throws Exception {
    Path data = TestData.none("unpacking");
    try (ServerProcess killed = ServerProcess.on(data)) {
      killed.awaitLine("unpacking");
      while (Folder.children(data.resolve("postgres")).stream()
          .noneMatch(each -> Files.exists(each.resolve("lib")))) {
        Thread.onSpinWait();
      }
    }
    assertThat(names(data)).noneMatch(name -> name.startsWith("binaries-"));
    startsWholeOn(data);
  }

  private static void startsWholeOn(Path data) throws SQLException {
    EmbeddedPostgres server = EmbeddedPostgres.start(Settings.in(data));
    try {
      assertThat(ask(server, "SELECT current_database() || ' ' || current_user"))
          .isEqualTo("showfloor showfloor_app");
      assertThat(names(data)).noneMatch(name -> name.startsWith("unfinished-"));
    } finally {
      assertThat(server.stop(BUDGET)).isTrue();
    }
  }

  private static List<String> names(Path data) {
    return Folder.children(data.resolve("postgres")).stream()
        .map(each -> each.getFileName().toString())
        .toList();
  }
}
