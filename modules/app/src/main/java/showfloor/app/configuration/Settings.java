package showfloor.app.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The whole configuration, checked: one record for each component.
///
/// @param dataDir where the embedded PostgreSQL keeps its data, absolute
public record Settings(
    Mode mode,
    Path dataDir,
    Server server,
    Admin admin,
    Database database,
    Limits limits,
    Stop stop,
    Log log) {

  /// The listener of the API.
  ///
  /// @param frontendUrls origins whose pages may call the API from a browser
  /// @param trustedProxies addresses and networks whose `X-Forwarded-For` counts
  /// @param maxFileSize bytes of one uploaded file
  public record Server(
      String host,
      int port,
      List<String> frontendUrls,
      List<String> trustedProxies,
      long maxFileSize) {}

  /// The listener of the operator.
  public record Admin(String host, int port) {}

  /// The database and the one pool. What is absent is up to the URL, then to the pool's own
  /// default.
  ///
  /// @param url absent: the embedded PostgreSQL; holds a password
  public record Database(
      Optional<String> url,
      Optional<Integer> poolMaximum,
      Optional<Integer> poolMinimumIdle,
      Optional<Duration> poolIdleTimeout,
      Optional<Duration> poolTimeout) {
    /// Without the URL, whose password must not reach a log.
    @Override
    public String toString() {
      return "Database[url=%s, maximum=%s]".formatted(url.isPresent() ? "***" : "-", poolMaximum);
    }
  }

  /// How much one company may ask of this process.
  public record Limits(int requestsPerSecond, int burst) {}

  /// The ordered stop.
  ///
  /// @param announce how long requests are still taken after the server says that it is not ready
  /// @param budget how long the whole stop may last
  public record Stop(Duration announce, Duration budget) {}

  /// What is logged, and how.
  ///
  /// @param libraryLevel the level of everything that is not Showfloor's own
  public record Log(LogLevel level, LogLevel libraryLevel, LogFormat format) {}
}
