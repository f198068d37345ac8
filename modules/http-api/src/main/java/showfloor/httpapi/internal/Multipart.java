package showfloor.httpapi.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;

/// The parts of a `multipart/form-data` body, one after the other, within the limits of a request.
/// Used by one thread.
public final class Multipart {
  /// Bytes for what is around a file: boundaries, headers and small fields.
  public static final long FRAME = 64 << 10;

  private static final int PARTS_MAX = 20;

  private final FormStream form;
  private final Optional<MessageDigest> read;
  private final long max;
  private @Nullable Content current;
  private int parts;
  private boolean ended;

  /// @param read hears of the bytes of parts as they are read
  /// @param partMax bytes of one part
  Multipart(FormStream form, Optional<MessageDigest> read, long partMax) {
    this.form = form;
    this.read = read;
    this.max = partMax;
  }

  /// The content of the next part of this name; those before it are skipped.
  InputStream find(String name) {
    for (Optional<Request.Part> part = next(); part.isPresent(); part = next()) {
      if (part.get().name().equals(name)) {
        return part.get().content();
      }
    }
    throw Problem.invalid("/" + name, "REQUIRED", "The form has no part named %s.".formatted(name));
  }

  /// The next part; what is left of the one before is skipped.
  Optional<Request.Part> next() {
    if (ended) {
      return Optional.empty();
    }
    try {
      if (current != null) {
        current.transferTo(OutputStream.nullOutputStream());
      }
      Optional<PartHead> head = form.nextPart();
      ended = head.isEmpty();
      if (head.isPresent() && ++parts > PARTS_MAX) {
        throw Problem.badRequest("The body has more than %d parts.".formatted(PARTS_MAX));
      }
      return head.map(this::arrived);
    } catch (IOException e) {
      throw new UncheckedIOException("a BodyStream fails with problems only", e);
    }
  }

  private Request.Part arrived(PartHead head) {
    Content content = new Content();
    current = content;
    return new Arrived(head.name(), head.fileName(), content);
  }

  private record Arrived(String name, Optional<String> fileName, InputStream content)
      implements Request.Part {}

  /// A part's bytes: no more than it may have, and heard of.
  private final class Content extends InputStream {
    private long total;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (current != this) {
        throw new IllegalStateException("a part is read after the next one has begun");
      }
      int count = form.read(into, offset, length);
      if (count > 0) {
        total += count;
        if (total > max) {
          throw Problem.of(
              ProblemTypes.PAYLOAD_TOO_LARGE,
              "The file has more than the %d bytes that are accepted.".formatted(max));
        }
        read.ifPresent(digest -> digest.update(into, offset, count));
      }
      return count;
    }
  }
}
