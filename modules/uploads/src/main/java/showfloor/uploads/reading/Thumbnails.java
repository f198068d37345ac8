package showfloor.uploads.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import showfloor.dbapi.Database;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.uploads.files.StoredFile;

/// Small pictures of photos, made when first asked for, one at a time: a picture and what it is
/// decoded into are all that this ever holds. Thread-safe.
final class Thumbnails {
  /// What is larger is shown as it is.
  private static final long FILE_MAX = 16 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Downloads downloads;
  private final Semaphore one = new Semaphore(1, true);

  Thumbnails(Database database, Downloads downloads) {
    this.database = database;
    this.downloads = downloads;
  }

  /// A JPEG that fits into a square of `size`; empty where the photo fits already, or Java can't
  /// decode it (WebP, CMYK), or it would take too much memory.
  Optional<byte[]> of(ThumbnailQueries.Found found, int size) {
    if (found.tried()) {
      return found.thumbnail();
    }
    Optional<byte[]> made = made(found.file(), size);
    ThumbnailQueries.keep(database, found.file().id(), size, made);
    return made;
  }

  private Optional<byte[]> made(StoredFile file, int size) {
    if (file.size() > FILE_MAX || !Picture.isDecodable(file.fileType())) {
      return Optional.empty();
    }
    Database.outsideLease("making a thumbnail");
    waitForTurn();
    try {
      return Picture.small(bytes(file), file.fileType(), size);
    } finally {
      one.release();
    }
  }

  private void waitForTurn() {
    try {
      if (one.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.of(
            ProblemTypes.TEMPORARY_REDUCED_CAPACITY,
            "Too many small pictures are being made at once. Try again in a moment.")
        .retryAfter(PATIENCE);
  }

  /// Whole, before it is decoded: the decoder is native code, and must not wait for the database.
  private byte[] bytes(StoredFile file) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream((int) file.size());
    try {
      downloads.copy(file.id(), 0, file.size(), whole);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what fits into it", e);
    }
    return whole.toByteArray();
  }
}
