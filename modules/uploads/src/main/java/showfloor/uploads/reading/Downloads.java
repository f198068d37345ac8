package showfloor.uploads.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Request;
import showfloor.uploads.files.FileBytes;
import showfloor.uploads.files.StoredFile;

/// Answers with the bytes of files. Each piece is a lease of its own, given back before the piece
/// is written, so that none is held while the client reads. Thread-safe.
public final class Downloads {
  /// The kind of problem that only ranges have.
  public static final ProblemType OUTSIDE =
      new ProblemType(
          "range-not-satisfiable",
          "Range not satisfiable",
          416,
          "RANGE_NOT_SATISFIABLE",
          false,
          "The header Range asks for bytes behind the end of the file.",
          "Ask for bytes from 0 to the size less one; Content-Range of this answer tells the size.",
          "GET /api/uploads/recording/{id} of 1,000 bytes with Range: bytes=1000-");

  private final FileBytes bytes;

  public Downloads(FileBytes bytes) {
    this.bytes = bytes;
  }

  /// The file, or the range of it that the request asks for.
  Answer answer(Request request, StoredFile file) {
    Optional<String> asked = request.header("Range").filter(range -> isCurrent(request, file));
    String type = file.fileType().mimeType();
    Answer answer =
        switch (ByteRange.of(asked, file.size())) {
          case ByteRange.Asked.Whole() ->
              Answer.stream(type, Optional.empty(), out -> copy(file.id(), 0, file.size(), out));
          case ByteRange.Asked.Part(ByteRange range) ->
              Answer.partial(
                  type,
                  range.of(file.size()),
                  out -> copy(file.id(), range.from(), range.to(), out));
          case ByteRange.Asked.Outside() ->
              throw Problem.of(OUTSIDE, "The file has %d bytes.".formatted(file.size()))
                  .header("Content-Range", "bytes */" + file.size());
        };
    return answer.etag(file.version()).header("Accept-Ranges", "bytes");
  }

  /// A range of another version than the one that the client has begun with is of no use to it.
  private static boolean isCurrent(Request request, StoredFile file) {
    String current = "\"%d\"".formatted(file.version());
    return request.header("If-Range").orElse(current).strip().equals(current);
  }

  /// Writes a file's bytes from `from` up to, without, `to`. One that is gone is a 404, as long as
  /// nothing of it was written.
  void copy(UUID file, long from, long to, OutputStream out) throws IOException {
    if (!copyUntilGone(file, from, to, out)) {
      throw Problem.notFound();
    }
  }

  /// The same for one that may go meanwhile: it ends early. Whether all of it was written.
  public boolean copyUntilGone(UUID file, long from, long to, OutputStream out) throws IOException {
    for (long at = from; at < to; ) {
      int start = (int) (at % FileBytes.PIECE);
      int length = (int) Math.min(FileBytes.PIECE - start, to - at);
      Optional<byte[]> piece = bytes.read(file, (int) (at / FileBytes.PIECE), start, length);
      if (piece.isEmpty()) {
        return false;
      }
      if (piece.get().length != length) {
        throw new IllegalStateException("file %s: a piece is not whole".formatted(file));
      }
      out.write(piece.get());
      at += length;
    }
    return true;
  }
}
