package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.HexFormat;
import showfloor.dbapi.Sha256;

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
        HexFormat.of().formatHex(Sha256.of(bytes), 0, 12),
        bytes,
        bytes.length > Gzip.SIZE_MIN && !contentType.startsWith("image/")
            ? Gzip.compress(bytes)
            : bytes);
  }

  String etag(boolean gzip) {
    return "\"" + tag + (gzip ? "-gzip\"" : "\"");
  }
}
