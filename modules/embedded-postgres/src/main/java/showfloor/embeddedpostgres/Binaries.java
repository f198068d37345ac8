package showfloor.embeddedpostgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;

/// The unpacked programs of PostgreSQL.
record Binaries(Path home) {

  /// Those of the bundle, unpacked if this is its first start here.
  static Binaries of(Bundle bundle, Folder folder, Consumer<String> progress) {
    Path home = folder.root().resolve(bundle.folderName());
    if (Files.isDirectory(home)) {
      return new Binaries(home);
    }
    progress.accept("unpacking PostgreSQL " + bundle.version());
    try (InputStream tar = bundle.open()) {
      Path unfinished = folder.unfinished();
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      new TarArchive(tar, unfinished).unpack();
      // One pass over the disk instead of a thousand: the name must not outlive the content.
      Command.of(folder, "sync").run(Duration.ofMinutes(1));
      folder.rename(unfinished, home);
    } catch (IOException failed) {
      throw new EmbeddedPostgresException(
          "PostgreSQL can't be unpacked into %s: %s. Is the disk full? It takes 350 MB at most."
              .formatted(folder.root(), failed),
          failed);
    }
    return new Binaries(home);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
