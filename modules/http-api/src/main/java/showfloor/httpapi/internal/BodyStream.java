package showfloor.httpapi.internal;

import io.helidon.http.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// A body on its way in: counted, and with every way of ending wrong turned into a problem.
final class BodyStream extends InputStream {
  private static final int BUFFER = 8192;
  private static final int PAYLOAD_TOO_LARGE = 413;
  private static final long DRAIN_NANOS = 2_000_000_000L;
  private static final String READING = "reading a request's body";

  private final InputStream in;
  private final long limit;
  private final long announced;
  private long count;
  private boolean broken;
  private @Nullable MessageDigest digest;

  /// @param announced its length according to the client, -1 where it says none
  BodyStream(InputStream in, long limit, long announced) {
    this.in = in;
    this.limit = limit;
    this.announced = announced;
  }

  /// Adds what is read from now on to a digest.
  void feed(MessageDigest target) {
    this.digest = target;
  }

  /// Whether reading on makes no sense.
  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (announced > limit) {
      throw tooLarge();
    }
    int read = raw(into, offset, length);
    if (read > 0) {
      count += read;
      if (count > limit) {
        throw tooLarge();
      }
      if (digest != null) {
        digest.update(into, offset, read);
      }
    }
    return read;
  }

  private int raw(byte[] into, int offset, int length) {
    Database.outsideLease(READING);
    try {
      return in.read(into, offset, length);
    } catch (RequestException e) {
      broken = true;
      throw e.status().code() == PAYLOAD_TOO_LARGE
          ? tooLarge()
          : Problem.badRequest("The body is not framed as HTTP wants it.");
    } catch (RuntimeException | IOException e) {
      broken = true;
      if (Inflow.current().isCut()) {
        throw ClientGone.stalled(e);
      }
      throw Problem.badRequest("The body ended before it was complete.");
    }
  }

  /// Reads and forgets up to `max` bytes within 2 s or so.
  ///
  /// @return whether the end was reached
  boolean drain(long max) {
    byte[] buffer = new byte[BUFFER];
    long until = System.nanoTime() + DRAIN_NANOS;
    try {
      for (long drained = 0; drained <= max && System.nanoTime() - until < 0; ) {
        int read = raw(buffer, 0, buffer.length);
        if (read < 0) {
          return true;
        }
        drained += read;
      }
      return false;
    } catch (Problem | ClientGone e) {
      return false;
    }
  }

  private Problem tooLarge() {
    return tooLarge(limit);
  }

  /// The problem of a body, or a part of one, that is longer than it may be.
  static Problem tooLarge(long limit) {
    return Problem.of(
        ProblemTypes.PAYLOAD_TOO_LARGE,
        "The body has more than the %d bytes that are accepted here.".formatted(limit));
  }
}
