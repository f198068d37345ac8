package showfloor.httpapi.internal;

import io.helidon.http.media.ReadableEntity;
import io.helidon.http.media.multipart.MultiPart;
import io.helidon.http.media.multipart.ReadablePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import showfloor.httpapi.Problem;

/// One part of a `multipart/form-data` body. The parser has no limits of its own, and throws what
/// its user must not see: file names and part headers are read nowhere else, every fault is a
/// problem.
final class Multipart {
  private static final int PARTS_MAX = 20;

  private Multipart() {}

  /// The content of the first part of this name; smaller parts before it are skipped.
  ///
  /// @param read hears of its bytes as they are read
  static InputStream part(ReadableEntity entity, String name, Optional<MessageDigest> read) {
    try {
      if (!entity.hasEntity()) {
        throw missing(name);
      }
      MultiPart parts = entity.as(MultiPart.class);
      for (int count = 0; parts.hasNext(); count++) {
        if (count == PARTS_MAX) {
          throw Problem.badRequest("The body has more than %d parts.".formatted(PARTS_MAX));
        }
        ReadablePart part = parts.next();
        if (part.name().equals(name)) {
          return new Content(part.inputStream(), read);
        }
        try (InputStream skipped = part.inputStream()) {
          skipped.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (Problem | ClientGone e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw malformed();
    }
    throw missing(name);
  }

  private static Problem missing(String name) {
    return Problem.invalid(
        "/" + name, "REQUIRED", "The form has no part named %s.".formatted(name));
  }

  private static Problem malformed() {
    return Problem.badRequest("The body is no multipart/form-data as its boundary says.");
  }

  /// A part's bytes, whose every fault is a problem.
  private static final class Content extends InputStream {
    private final InputStream in;
    private final Optional<MessageDigest> read;

    private Content(InputStream in, Optional<MessageDigest> read) {
      this.in = in;
      this.read = read;
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
