package showfloor.uploads.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException.ConstraintViolated;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.CapturePhoto;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;

/// Reads files from requests into the store: piece by piece, each piece a lease of its own, so that
/// none is held while the client sends. What is not kept in the end is cleared away with the
/// request, or by [LeftOvers] where the process died. Thread-safe.
public final class Uploads implements CapturePhoto {
  private final Database database;
  private final FileBytes bytes;

  public Uploads(Database database, FileBytes bytes) {
    this.database = database;
    this.bytes = bytes;
  }

  /// Reads a whole form. The dealer is looked for before the first piece is stored.
  Arrived receive(Request request, FileKind kind, UUID dealerId) {
    try {
      Form form = new Form();
      Incoming file = null;
      for (var part = request.nextPart(); part.isPresent(); part = request.nextPart()) {
        if (!part.get().name().equals(kind.word())) {
          form.take(part.get());
        } else if (file == null) {
          file = incoming(request, kind, part.get(), dealerId);
        } else {
          throw Problem.badRequest("The form has two parts named %s.".formatted(kind.word()));
        }
      }
      if (file == null) {
        throw missing(kind);
      }
      return file.whole(form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Staged stage(Request request) {
    try {
      for (var part = request.nextPart(); part.isPresent(); part = request.nextPart()) {
        if (part.get().name().equals(FileKind.PHOTO.word())) {
          return incoming(request, FileKind.PHOTO, part.get(), null).whole(new Form());
        }
      }
      throw missing(FileKind.PHOTO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem missing(FileKind kind) {
    return Problem.invalid(
        "/" + kind.word(), "REQUIRED", "The form has no part named %s.".formatted(kind.word()));
  }

  private Incoming incoming(
      Request request, FileKind kind, Request.Part part, @Nullable UUID dealerId)
      throws IOException {
    InputStream in = part.content();
    byte[] first = in.readNBytes(FileBytes.PIECE);
    if (first.length == 0) {
      throw Problem.invalid("/" + kind.word(), "EMPTY", "The file has no bytes.");
    }
    FileType type = FileType.of(kind, first).orElseThrow(() -> wrongType(kind));
    Incoming file = new Incoming(kind, type, FileNames.clean(part.fileName()));
    request.afterwards(file::discardUnlessKept);
    try {
      FileQueries.begin(database, request.caller().companyId(), file.id, dealerId);
      file.store(request.caller().companyId(), first, in);
    } catch (ConstraintViolated e) {
      throw Problem.notFound(); // no such dealer, or none any more
    }
    return file;
  }

  private static Problem wrongType(FileKind kind) {
    return Problem.of(
        ProblemTypes.UNSUPPORTED_MEDIA_TYPE,
        "The file is no %s by its content, whatever its name.".formatted(kind.types()));
  }

  /// A file that was sent whole, and is not kept yet.
  interface Arrived extends Staged {
    /// Keeps it; empty when its dealer is gone.
    Optional<StoredFile> kept(SqlWriter sql, UUID dealerId);

    @Override
    default JsonValue keep(SqlWriter sql, UUID dealerId) {
      return kept(sql, dealerId).orElseThrow(Problem::notFound);
    }
  }

  /// One file on its way. Used by its request's thread.
  private final class Incoming {
    private final UUID id = UuidV7.next();
    private final FileKind kind;
    private final FileType type;
    private final String originalName;
    private final MessageDigest digest = Sha256.digest();
    private long size;
    private boolean kept;

    private Incoming(FileKind kind, FileType type, String originalName) {
      this.kind = kind;
      this.type = type;
      this.originalName = originalName;
    }

    private void store(UUID companyId, byte[] first, InputStream in) throws IOException {
      byte[] piece = first;
      for (int number = 0; piece.length > 0; number++) {
        digest.update(piece);
        size += piece.length;
        bytes.put(companyId, id, number, piece);
        piece = next(in, piece);
      }
    }

    /// Reads into the same array while pieces are whole: one is all that an upload holds.
    private static byte[] next(InputStream in, byte[] piece) throws IOException {
      if (piece.length < FileBytes.PIECE) {
        return new byte[0];
      }
      int length = in.readNBytes(piece, 0, piece.length);
      return length == piece.length ? piece : Arrays.copyOf(piece, length);
    }

    private Arrived whole(Form form) {
      String sha256 = HexFormat.of().formatHex(digest.digest());
      Sent sent = new Sent(kind, type, originalName, size, sha256, form.details(kind));
      return (sql, dealerId) -> {
        Optional<StoredFile> file = FileQueries.keep(sql, id, dealerId, sent);
        kept = file.isPresent();
        return file;
      };
    }

    // Where a unit of work failed behind the keeping, the sweep has the rest.
    private void discardUnlessKept() {
      if (!kept) {
        FileQueries.discard(database, id);
      }
    }
  }
}
