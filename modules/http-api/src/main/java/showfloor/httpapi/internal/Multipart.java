package showfloor.httpapi.internal;

import io.helidon.http.media.ReadableEntity;
import io.helidon.http.media.multipart.MultiPart;
import io.helidon.http.media.multipart.ReadablePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;

/// The parts of a `multipart/form-data` body, one after the other. The parser has no limits of its
/// own, and throws what its user must not see: every fault is a problem. Used by one thread.
public final class Multipart {
  /// Bytes for what is around a file: boundaries, headers and small fields.
  public static final long FRAME = 64 << 10;

  private static final int PARTS_MAX = 20;

  private final ReadableEntity entity;
  private final Optional<MessageDigest> read;
  private final long partMax;
  private @Nullable MultiPart parts;
  private @Nullable InputStream current;
  private int count;

  /// @param read hears of the bytes of parts as they are read
  /// @param partMax bytes of one part
  Multipart(ReadableEntity entity, Optional<MessageDigest> read, long partMax) {
    this.entity = entity;
    this.read = read;
    this.partMax = partMax;
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
    try {
      if (!entity.hasEntity()) {
        return Optional.empty();
      }
      MultiPart all = parts;
      if (all == null) {
        all = entity.as(MultiPart.class);
        parts = all;
      }
      InputStream before = current;
      if (before != null) {
        before.transferTo(OutputStream.nullOutputStream());
      }
      if (!all.hasNext()) {
        return Optional.empty();
      }
      if (count == PARTS_MAX) {
        throw Problem.badRequest("The body has more than %d parts.".formatted(PARTS_MAX));
      }
      count++;
      ReadablePart part = all.next();
      InputStream content = new Content(part.inputStream(), read, partMax);
      current = content;
      return Optional.of(new Arrived(part.name(), part.fileName(), content));
    } catch (Problem | ClientGone e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw malformed();
    }
  }

  private static Problem malformed() {
    return Problem.badRequest("The body is no multipart/form-data as its boundary says.");
  }

  private record Arrived(String name, Optional<String> fileName, InputStream content)
      implements Request.Part {}

  /// A part's bytes, whose every fault is a problem.
  private static final class Content extends InputStream {
    private final InputStream in;
    private final Optional<MessageDigest> read;
    private final long max;
    private long total;

    private Content(InputStream in, Optional<MessageDigest> read, long max) {
      this.in = in;
      this.read = read;
      this.max = max;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = next(into, offset, length);
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

    private int next(byte[] into, int offset, int length) {
      try {
        return in.read(into, offset, length);
      } catch (Problem | ClientGone e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw malformed();
      }
    }
  }
}
