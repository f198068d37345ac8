package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What the server wrote: one file per weekday, overwritten after a week, and the output of its
/// start, which holds what went wrong before the first of them was open.
record ServerLog(Folder folder) {
  static final String FILE_PER_WEEKDAY = "postgresql-%a.log";

  private static final int LINES_TOLD = 12;
  private static final long MOST_BYTES = 16L << 20;
  private static final Duration KEPT = Duration.ofDays(6);

  Path ofStart() {
    return folder.logs().resolve("start.log");
  }

  /// Before a start: the server overwrites old files only while it runs through midnight.
  void prepare() {
    try {
      Files.createDirectories(folder.logs());
      Files.setPosixFilePermissions(folder.logs(), PosixFilePermissions.fromString("rwx------"));
      Files.deleteIfExists(ofStart());
      for (Path file : Folder.children(folder.logs())) {
        Instant oldest = Instant.now().minus(KEPT);
        if (modified(file).toInstant().isBefore(oldest) || Files.size(file) > MOST_BYTES) {
          Files.delete(file);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The last lines of the file that was written last, on lines of their own; empty without any.
  String tail() {
    StringBuilder told = new StringBuilder();
    List<Path> files =
        Folder.children(folder.logs()).stream()
            .sorted(Comparator.comparing(ServerLog::modified))
            .toList();
    for (Path file : files.subList(Math.max(0, files.size() - 2), files.size())) {
      List<String> lines = lines(file);
      lines
          .subList(Math.max(0, lines.size() - LINES_TOLD), lines.size())
          .forEach(line -> told.append("\n  ").append(line));
    }
    return told.toString();
  }

  private static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8).lines().toList();
    } catch (IOException unreadable) {
      return List.of(file + " can't be read: " + unreadable);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
