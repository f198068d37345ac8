package showfloor.testing;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.embeddedpostgres.EmbeddedPostgres;
import showfloor.embeddedpostgres.Endpoint;
import showfloor.embeddedpostgres.Settings;

/// The one PostgreSQL of a test run, started when first asked for, stopped with the JVM. Tests
/// share its database and keep apart as tenants do: each makes companies of its own.
@SuppressWarnings("exports") // the configuration is for the friends of db-api
public final class TestPostgres {
  /// Connections of a pool, where a test does not say: five, or what the system property
  /// `showfloor.test.pool` says. Every test that does not say passes with one.
  public static final int POOL = Integer.getInteger("showfloor.test.pool", 5);

  /// Where it keeps its data: two runs of tests may go on at a time in one module.
  public static final Path FOLDER =
      Path.of("target", "test-postgres" + System.getProperty("showfloor.test.fork", ""))
          .toAbsolutePath();

  /// An empty database and the programs beside it, made by the first who asks in a build: all
  /// others copy it, in a tenth of the time. In the module that every build makes first.
  private static final Path TEMPLATE =
      Path.of("..", "embedded-postgres", "target", "test-postgres").toAbsolutePath().normalize();

  private static volatile boolean started;

  private TestPostgres() {}

  /// Whether any test has asked for it.
  static boolean isStarted() {
    return started;
  }

  /// Where it is, for a pool of `connections`.
  public static DatabaseConfig config(int connections) {
    Endpoint endpoint = Holder.SERVER.endpoint();
    PoolSettings pool =
        new PoolSettings(connections, 1, Duration.ofSeconds(10), Duration.ofSeconds(10));
    return new DatabaseConfig(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(endpoint.host(), endpoint.port(), endpoint.database()),
        endpoint.user(),
        endpoint.password(),
        Map.of(),
        pool);
  }

  /// A JDBC URL, for a session beside the pool.
  public static String url() {
    return config(1).url();
  }

  /// The login role.
  public static String user() {
    return config(1).user();
  }

  /// Its password.
  public static String password() {
    return config(1).password();
  }

  /// Deletes a folder with all that is in it, where there is one.
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(TestPostgres::deleteOne);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      // What an earlier build left would hide a migration that was changed since.
      delete(FOLDER.resolve("postgres"));
      if (System.getProperty("showfloor.test.postgres", "").isEmpty()) {
        copyTemplate();
      }
      EmbeddedPostgres server = EmbeddedPostgres.start(Settings.forTests(FOLDER));
      started = true;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(Duration.ofSeconds(10))));
      return server;
    }

    private static void copyTemplate() {
      try {
        Files.createDirectories(TEMPLATE);
        Path lock = TEMPLATE.resolveSibling("test-postgres.lock");
        try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE);
            FileLock _ = channel.lock()) {
          if (!isCurrent()) {
            delete(TEMPLATE.resolve("postgres"));
            makeTemplate();
          }
        }
        copy(TEMPLATE.resolve("postgres"), FOLDER.resolve("postgres"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Under another name until it is whole.
    private static void makeTemplate() throws IOException {
      Path making = TEMPLATE.resolve("making");
      delete(making);
      if (!EmbeddedPostgres.start(Settings.forTests(making)).stop(Duration.ofSeconds(10))) {
        throw new IOException("the template of test databases did not stop in order");
      }
      // Each copy takes a port of its own.
      Files.delete(making.resolve("postgres/port"));
      Files.move(making.resolve("postgres"), TEMPLATE.resolve("postgres"));
    }

    /// Not where what makes it was changed since.
    private static boolean isCurrent() throws IOException {
      Path made = TEMPLATE.resolve("postgres/postgresql.conf");
      if (!Files.exists(made)) {
        return false;
      }
      FileTime since = Files.getLastModifiedTime(made);
      Path maker = TEMPLATE.resolve("../..").normalize();
      try (Stream<Path> sources = Files.walk(maker.resolve("src/main"))) {
        for (Path source : (Iterable<Path>) sources::iterator) {
          if (Files.getLastModifiedTime(source).compareTo(since) > 0) {
            return false;
          }
        }
      }
      // Where the version of PostgreSQL stands.
      return Files.getLastModifiedTime(maker.resolve("../../pom.xml")).compareTo(since) <= 0;
    }

    private static void copy(Path from, Path to) throws IOException {
      Files.createDirectories(to.getParent());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, to.resolve(from.relativize(file)), COPY_ATTRIBUTES, NOFOLLOW_LINKS);
        }
      }
    }
  }
}
