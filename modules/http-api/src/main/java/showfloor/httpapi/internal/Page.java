package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A fixed page or file, kept plain and compressed, tagged with its digest.
@SuppressWarnings("ArrayRecordComponent") // made once at start, written to sockets, never compared
record Page(Header contentType, Header policy, String tag, byte[] bytes, byte[] gzipped) {
  private static final Header LOCKED =
      HeaderValues.createCached(AnswerHeaders.POLICY, "default-src 'none'; frame-ancestors 'none'");

  /// Data: nothing in it may run.
  static Page of(String contentType, byte[] bytes) {
    return of(contentType, LOCKED, bytes);
  }

  /// A page with its own content security policy.
  static Page of(String contentType, Header policy, byte[] bytes) {
    return new Page(
        HeaderValues.createCached("Content-Type", contentType),
        policy,
        digest(bytes),
        bytes,
        bytes.length > Gzip.SIZE_MIN && !contentType.startsWith("image/")
            ? Gzip.compress(bytes)
            : bytes);
  }

  String etag(boolean gzip) {
    return "\"" + tag + (gzip ? "-gzip\"" : "\"");
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(Arrays.copyOf(sha, 12));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
