package showfloor.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Unpacks the one form of tar in which the binaries come: files, folders and links inside the
/// archive, names of at most 100 bytes. Anything else is refused instead of guessed.
final class TarArchive {
  private static final int BLOCK = 512;

  private final InputStream in;
  private final Path folder;

  TarArchive(InputStream in, Path folder) {
    this.in = in;
    this.folder = folder;
  }

  void unpack() throws IOException {
    for (byte[] header = in.readNBytes(BLOCK); !isEnd(header); header = in.readNBytes(BLOCK)) {
      String name = text(header, 0, 100);
      Path target = inside(folder.resolve(name), name);
      long size = Long.parseLong(text(header, 124, 12).strip(), 8);
      switch (header[156]) {
        case '0' -> file(target, size, (Integer.parseInt(text(header, 100, 8), 8) & 0100) != 0);
        case '2' -> link(target, text(header, 157, 100));
        case '5' -> folder(target);
        default -> throw new IOException("unknown kind of entry: " + name);
      }
    }
  }

  private static boolean isEnd(byte[] header) throws IOException {
    if (header.length < BLOCK) {
      throw new IOException("the archive ends early");
    }
    return header[0] == 0;
  }

  /// The modes are set whatever the umask is: the server may run under another account.
  private void file(Path target, long size, boolean executable) throws IOException {
    folder(target.getParent());
    try (OutputStream out = Files.newOutputStream(target)) {
      long left = size;
      byte[] buffer = new byte[1 << 16];
      while (left > 0) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
        if (read == 0) {
          throw new IOException("the archive ends early");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
  }

  private void link(Path target, String to) throws IOException {
    folder(target.getParent());
    inside(target.resolveSibling(to), to);
    Files.createSymbolicLink(target, Path.of(to));
  }

  private void folder(@Nullable Path target) throws IOException {
    if (target == null || Files.isDirectory(target)) {
      return;
    }
    folder(target.getParent());
    Files.createDirectory(target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path inside(Path target, String name) throws IOException {
    Path normal = target.normalize();
    if (!normal.startsWith(folder)) {
      throw new IOException("an entry points out of the archive: " + name);
    }
    return normal;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, UTF_8);
  }
}
