package showfloor.reports.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Sha256;
import showfloor.httpapi.Problem;

/// The entries of an archive as they arrive, held against `SHA256SUMS`, the last of them. Used by
/// one thread.
final class Entries {
  private final ZipInputStream zip;
  // Of the text that SHA256SUMS must be: its lines are not kept, there may be a million.
  private final MessageDigest sums = Sha256.digest();
  private @Nullable Entry current;
  private boolean whole;

  /// @param bytes until the next one is asked for
  record Entry(String name, DigestInputStream bytes) {}

  Entries(InputStream archive) {
    this.zip = new ZipInputStream(archive);
  }

  /// The next one; empty at the end of a whole archive.
  Optional<Entry> next() throws IOException {
    finish();
    ZipEntry next = zip.getNextEntry();
    if (next == null) {
      if (!whole) {
        throw new IOException("no " + Archives.SUMS);
      }
      return Optional.empty();
    }
    if (whole) {
      throw new IOException("more behind " + Archives.SUMS);
    }
    current = new Entry(next.getName(), new DigestInputStream(zip, Sha256.digest()));
    return Optional.of(current);
  }

  private void finish() throws IOException {
    Entry read = current;
    if (read == null) {
      return;
    }
    read.bytes().transferTo(OutputStream.nullOutputStream());
    byte[] sum = read.bytes().getMessageDigest().digest();
    if (read.name().equals(Archives.SUMS)) {
      refuseUnless(MessageDigest.isEqual(sum, sums.digest()));
      whole = true;
    } else {
      sums.update(Archives.sum(sum, read.name()).getBytes(StandardCharsets.UTF_8));
    }
    current = null;
  }

  private static void refuseUnless(boolean equal) {
    if (!equal) {
      throw Problem.badRequest(
          "The entries are not those that %s tells of: the archive was changed after it was made."
              .formatted(Archives.SUMS));
    }
  }
}
