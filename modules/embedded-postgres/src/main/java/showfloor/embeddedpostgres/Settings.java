package showfloor.embeddedpostgres;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// How to run the server.
///
/// @param dataDirectory everything is kept in its folder `postgres`; made when missing
/// @param maxConnections of the login, 1 to 1,000: its sessions in all, the pool's and the spare
///   ones
/// @param durability what a loss of power may cost
/// @param progress gets a line for each step that takes a noticeable time; called on the thread
///   that starts
/// @param installation the folder with the programs of an own PostgreSQL, 15 or newer, to run
///   instead of the bundled one; empty for that
public record Settings(
    Path dataDirectory,
    int maxConnections,
    Durability durability,
    Consumer<String> progress,
    Optional<Path> installation) {

  /// What a loss of power may cost.
  public enum Durability {
    /// Nothing that was committed.
    FULL,
    /// Everything, and the owner may make further databases.
    NONE_FOR_TESTS
  }

  public Settings {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    Objects.requireNonNull(durability);
    Objects.requireNonNull(progress);
    if (maxConnections < 1 || maxConnections > 1_000) {
      throw new IllegalArgumentException(
          "maxConnections must be from 1 to 1000, it is " + maxConnections);
    }
  }

  /// Full durability, 20 connections, no lines of progress.
  public static Settings in(Path dataDirectory) {
    return new Settings(dataDirectory, 20, Durability.FULL, line -> {}, Optional.empty());
  }

  /// For tests only: a commit does not wait for the disk, 100 connections, and the login may reach
  /// every database that `showfloor_owner` makes, which may make some. The system property
  /// `showfloor.test.postgres` may name the programs of another PostgreSQL than the bundled one.
  public static Settings forTests(Path dataDirectory) {
    String bin = System.getProperty("showfloor.test.postgres", "");
    Optional<Path> other = bin.isEmpty() ? Optional.empty() : Optional.of(Path.of(bin));
    return new Settings(dataDirectory, 100, Durability.NONE_FOR_TESTS, line -> {}, other);
  }

  public Settings withMaxConnections(int connections) {
    return new Settings(dataDirectory, connections, durability, progress, installation);
  }

  public Settings withProgress(Consumer<String> lines) {
    return new Settings(dataDirectory, maxConnections, durability, lines, installation);
  }

  public Settings withInstallation(Path bin) {
    return new Settings(dataDirectory, maxConnections, durability, progress, Optional.of(bin));
  }
}
