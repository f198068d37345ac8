package showfloor.uploads;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import showfloor.uploads.reading.Downloads;

/// The bytes of kept files, for whoever has read of them in the view `uploads.kept_files`.
/// Thread-safe.
public final class StoredFiles {
  private final Downloads downloads;

  StoredFiles(Downloads downloads) {
    this.downloads = downloads;
  }

  /// Writes a file of the current company, a piece of 256 KiB at a time. Each piece is a lease of
  /// its own, given back before it is written: `out` may be as slow as it likes. A file that is
  /// gone is a [showfloor.httpapi.Problem] 404, before its first byte or in the middle.
  ///
  /// @param size as the view has it
  public void copy(UUID file, long size, OutputStream out) throws IOException {
    downloads.copy(file, 0, size, out);
  }
}
