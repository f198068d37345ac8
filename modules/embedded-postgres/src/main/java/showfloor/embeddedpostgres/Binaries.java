package showfloor.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;

/// The programs of PostgreSQL in the data directory.
///
/// @param major such as 18
record Binaries(Path home, int major) {

  /// Those of the source, copied if this is its first start here.
  static Binaries of(Source source, Folder folder, Consumer<String> progress) {
    Binaries binaries = new Binaries(folder.root().resolve(source.folderName()), source.major());
    if (Files.isDirectory(binaries.home)) {
      return binaries;
    }
    progress.accept("unpacking PostgreSQL " + source.version());
    try {
      Path unfinished = folder.unfinished();
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      source.copyInto(unfinished);
      // One pass over the disk instead of a thousand: the name must not outlive the content.
      Command.of(folder, "sync").run(Duration.ofMinutes(1));
      folder.rename(unfinished, binaries.home);
    } catch (IOException failed) {
      throw new EmbeddedPostgresException(
          "PostgreSQL can't be unpacked into %s: %s. Is the disk full? It takes 350 MB at most."
              .formatted(folder.root(), failed),
          failed);
    }
    return binaries;
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
