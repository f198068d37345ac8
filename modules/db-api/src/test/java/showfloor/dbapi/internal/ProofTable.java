package showfloor.dbapi.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A line for each proof in `target/proof/`, which the proof module puts into one table.
final class ProofTable {
  private ProofTable() {}

  static void add(String id, String what, long trials, long violations) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "proof"));
      Files.writeString(
          folder.resolve(id + ".txt"),
          "%s | %s | %,d | %d%n".formatted(id, what, trials, violations),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
