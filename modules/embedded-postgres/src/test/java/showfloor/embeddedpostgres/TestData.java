package showfloor.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Data directories to try a start on. Unpacking and initialising is done once for all tests, with
/// full durability; each test gets a copy.
final class TestData {
  static final Duration BUDGET = Duration.ofSeconds(20);

  /// What the start from nothing said, to which all tests owe their data.
  static final List<String> PROGRESS_OF_FIRST_START = new ArrayList<>();

  private static final Path HOME = home();
  private static final Path TEMPLATE = template();

  private TestData() {}

  private static Path home() {
    try {
      Path home = Files.createTempDirectory("it's a test ").toRealPath();
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(home)));
      return home;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// A test that failed may have left a server. Deleting goes on after this JVM: on a busy disk the
  /// many small files take longer than Surefire waits for an exit.
  private static void clear(Path home) {
    Postmaster.endOrphans(new Folder(home));
    try {
      new ProcessBuilder("rm", "-rf", home.toString()).start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path template() {
    Path template = HOME.resolve("template");
    EmbeddedPostgres server =
        EmbeddedPostgres.start(Settings.in(template).withProgress(PROGRESS_OF_FIRST_START::add));
    try (Connection connection = connect(server.endpoint())) {
      run(connection, "SET ROLE showfloor_owner");
      run(connection, "CREATE TABLE public.kept (line text)");
      run(connection, "GRANT SELECT, INSERT ON public.kept TO showfloor_app");
      run(connection, "RESET ROLE");
      run(connection, "INSERT INTO public.kept VALUES ('before')");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    } finally {
      server.stop(BUDGET);
    }
    return template;
  }

  /// A path that doesn't exist yet, below a folder that no other user may pass through.
  static Path none(String name) throws IOException {
    return Files.createTempDirectory(HOME, name).resolve("data");
  }

  /// Data with one line in the table `kept`, whose server is not running, below a folder that every
  /// user may pass through.
  static Path copy(String name) throws IOException, InterruptedException {
    Path copy = none(name);
    Files.setPosixFilePermissions(
        copy.resolve("..").normalize(), PosixFilePermissions.fromString("rwxr-xr-x"));
    // Links for the programs, which nobody changes; true copies of all else.
    execute("cp", "-al", TEMPLATE.toString(), copy.toString());
    for (Path each : Folder.children(TEMPLATE.resolve("postgres"))) {
      if (!each.getFileName().toString().startsWith("binaries-")) {
        Path twin = copy.resolve("postgres").resolve(each.getFileName());
        Folder.delete(twin);
        execute("cp", "-a", each.toString(), twin.toString());
      }
    }
    return copy;
  }

  /// The programs are there, the data are not.
  static Path copyWithoutCluster(String name) throws IOException, InterruptedException {
    Path copy = copy(name);
    Folder.delete(cluster(copy));
    return copy;
  }

  static Path cluster(Path data) {
    return data.resolve("postgres/cluster");
  }

  static void execute(String... words) throws IOException, InterruptedException {
    int status = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", words) + " ended with " + status);
    }
  }

  /// The process of the server that runs on the data.
  static ProcessHandle postmaster(Path data) {
    String pid = Folder.read(cluster(data).resolve("postmaster.pid")).lines().findFirst().get();
    return ProcessHandle.of(Long.parseLong(pid)).get();
  }

  static Connection connect(Endpoint endpoint) throws SQLException {
    return connect(endpoint, endpoint.database(), endpoint.user(), endpoint.password());
  }

  static Connection connect(Endpoint endpoint, String database, String user, String password)
      throws SQLException {
    String url = "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/" + database;
    return DriverManager.getConnection(url, user, password);
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the only row.
  static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static String ask(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server.endpoint())) {
      return ask(connection, sql);
    }
  }
}
