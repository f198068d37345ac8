package showfloor.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;

/// A running PostgreSQL server that belongs to this process. Safe for use by many threads.
///
/// It registers no shutdown hook: whoever starts it stops it, after the last connection was closed.
public final class EmbeddedPostgres {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration LEFT_BEHIND_LIMIT = Duration.ofSeconds(30);
  private static final int PORTS_TRIED = 3;
  private static final String LOOPBACK = "127.0.0.1";

  private final FolderLock lock;
  private final Postmaster postmaster;
  private final Endpoint endpoint;
  private Optional<Boolean> stopped = Optional.empty();

  private EmbeddedPostgres(FolderLock lock, Postmaster postmaster, Endpoint endpoint) {
    this.lock = lock;
    this.postmaster = postmaster;
    this.endpoint = endpoint;
  }

  /// Returns when the server takes connections. The first start unpacks PostgreSQL and makes the
  /// data; a start after a crash recovers, which takes up to five minutes at most.
  ///
  /// A server that an earlier process left running is stopped first, so that no session of that
  /// process outlives it and the settings are those of this one.
  ///
  /// @throws EmbeddedPostgresException when the platform has no bundled PostgreSQL, another process
  ///   uses the data directory, the data are of another version, or the server doesn't start
  public static EmbeddedPostgres start(Settings settings) {
    Source source = Source.of(settings);
    Folder folder = Folder.below(settings.dataDirectory());
    FolderLock lock = FolderLock.take(folder);
    boolean started = false;
    try {
      EmbeddedPostgres server = start(settings, source, folder, lock);
      started = true;
      return server;
    } catch (UncheckedIOException failed) {
      throw new EmbeddedPostgresException(
          "%s can't be read or written: %s. Is the disk full, or is a file another user's?"
              .formatted(folder.root(), failed.getCause()),
          failed);
    } finally {
      if (!started) {
        lock.close();
      }
    }
  }

  private static EmbeddedPostgres start(
      Settings settings, Source source, Folder folder, FolderLock lock) {
    endWhatWasLeft(settings, folder);
    folder.sweep(source.folderName());
    Account account = Account.choose(folder);
    Binaries binaries = Binaries.of(source, folder, settings.progress());
    String password = folder.password();
    new Cluster(folder, binaries, account, settings).prepare(password);
    ServerLog log = new ServerLog(folder);
    log.prepare();
    account.own(folder, folder.logs());
    Postmaster postmaster = startOnFreePort(settings, folder, binaries, account);
    int port = rememberedPort(folder);
    return new EmbeddedPostgres(
        lock, postmaster, new Endpoint(LOOPBACK, port, Cluster.DATABASE, Cluster.LOGIN, password));
  }

  private static void endWhatWasLeft(Settings settings, Folder folder) {
    Postmaster.find(folder)
        .ifPresent(
            left -> {
              settings.progress().accept("stopping the PostgreSQL that an earlier process left");
              left.stop(LEFT_BEHIND_LIMIT);
            });
    Postmaster.endOrphans(folder);
  }

  /// Between finding a port free and the server's taking it another program may take it: then it is
  /// tried again with another one.
  private static Postmaster startOnFreePort(
      Settings settings, Folder folder, Binaries binaries, Account account) {
    for (int attempt = 1; ; attempt++) {
      int port = freePort(rememberedPort(folder));
      new Configuration(folder, settings, binaries.major()).write(port);
      settings.progress().accept("starting PostgreSQL on port " + port);
      try {
        Postmaster postmaster = Postmaster.start(folder, binaries, account, START_LIMIT);
        folder.write(folder.port(), Integer.toString(port), "rw-r--r--");
        return postmaster;
      } catch (RuntimeException failed) {
        Postmaster.find(folder).ifPresent(half -> half.stop(Duration.ZERO));
        if (isFree(port) || attempt == PORTS_TRIED) {
          throw failed;
        }
      }
    }
  }

  private static int rememberedPort(Folder folder) {
    String port = Folder.read(folder.port());
    return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
  }

  private static int freePort(int preferred) {
    if (preferred != 0 && isFree(preferred)) {
      return preferred;
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
      return any.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral(LOOPBACK))) {
      return probe.isBound();
    } catch (IOException | IllegalArgumentException taken) {
      return false;
    }
  }

  /// Where to connect, with the password.
  public Endpoint endpoint() {
    return endpoint;
  }

  /// Stops the server and gives the data directory back. Sessions that are still open are ended and
  /// their transactions rolled back; what isn't done when the budget ends is cut off, which loses
  /// nothing that was committed but makes the next start recover. Further calls change nothing.
  ///
  /// @param budget for the clean stop; the cut takes up to 20 s more
  /// @return whether it stopped cleanly; false as well if it was no longer running
  public synchronized boolean stop(Duration budget) {
    if (stopped.isEmpty()) {
      try {
        stopped = Optional.of(postmaster.stop(budget));
      } finally {
        lock.close();
      }
    }
    return stopped.orElseThrow();
  }
}
