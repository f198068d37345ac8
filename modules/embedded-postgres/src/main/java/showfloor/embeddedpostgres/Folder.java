package showfloor.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// `<data directory>/postgres`: which file lies where, and how files are written so that a kill or
/// a loss of power leaves either the old one or the new one.
record Folder(Path root) {
  private static final String UNFINISHED = "unfinished-";

  /// Makes it where it is missing. Others may pass through it, since the server may run under an
  /// account of its own; what they must not read has a mode of its own.
  static Folder below(Path dataDirectory) {
    Path folder = dataDirectory.resolve("postgres");
    try {
      Files.createDirectories(folder);
      Path root = folder.toRealPath(); // as the system names it in the paths of processes
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
      return new Folder(root);
    } catch (IOException unusable) {
      throw new EmbeddedPostgresException(
          folder + " can't be used: " + unusable + ". Give a DATA_DIR that this user owns.",
          unusable);
    }
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Path logs() {
    return root.resolve("log");
  }

  Path configuration() {
    return root.resolve("postgresql.conf");
  }

  Path clients() {
    return root.resolve("pg_hba.conf");
  }

  Path port() {
    return root.resolve("port");
  }

  Path roles() {
    return root.resolve("roles");
  }

  Path output() {
    return root.resolve("output");
  }

  /// The password of the login, made when there is none: 256 bits, letters, digits, `-` and `_`.
  String password() {
    Path file = root.resolve("password");
    String password = read(file);
    if (password.isEmpty()) {
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      write(file, password, "rw-------");
    }
    if (!password.matches("[A-Za-z0-9_-]{32,}")) {
      throw new EmbeddedPostgresException(
          file + " is damaged. Delete it: a new password is made at the next start.");
    }
    return password;
  }

  /// The text of a small file without the white space around it; empty when it doesn't exist.
  static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException missing) {
      return "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void write(Path file, String text, String mode) {
    try {
      Path unfinished = Files.createTempFile(root, UNFINISHED, "");
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(mode));
      Files.writeString(unfinished, text);
      rename(unfinished, file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// An empty folder to fill and then [rename][#rename].
  Path unfinished() throws IOException {
    return Files.createTempDirectory(root, UNFINISHED);
  }

  /// The last step of everything that must be there whole or not at all.
  void rename(Path unfinished, Path target) throws IOException {
    if (Files.isRegularFile(unfinished)) {
      sync(unfinished);
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    sync(root);
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Deletes what starts that were killed left here, and binaries other than those in use. What
  /// can't be deleted now is left to a later start: no name is used twice.
  void sweep(String binaries) {
    Predicate<String> useless =
        name ->
            name.startsWith(UNFINISHED) || (name.startsWith("binaries-") && !name.equals(binaries));
    for (Path child : children(root)) {
      if (useless.test(child.getFileName().toString())) {
        try {
          delete(child);
        } catch (UncheckedIOException notNow) {
          // Useless, not harmful.
        }
      }
    }
  }

  static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void delete(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
