package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Optional;
import showfloor.httpapi.Problem;

/// Where a request ends. What a proxy and we could read differently is refused, and its connection
/// closed: otherwise the difference would be taken for another request (RFC 9112, section 6.3).
final class Framing {
  private Framing() {}

  static Optional<Problem> fault(ServerRequestHeaders headers) {
    boolean encoded = headers.contains(HeaderNames.TRANSFER_ENCODING);
    boolean sized = headers.contains(HeaderNames.CONTENT_LENGTH);
    if (encoded && sized) {
      return refuse("Content-Length and Transfer-Encoding exclude each other.");
    }
    if (encoded && !only(headers.get(HeaderNames.TRANSFER_ENCODING), "chunked")) {
      return refuse("The only Transfer-Encoding that is read is chunked.");
    }
    if (sized && !length(headers.get(HeaderNames.CONTENT_LENGTH))) {
      return refuse("Content-Length must be one whole number.");
    }
    return Optional.empty();
  }

  /// Whether the connection ends with this request: its client asks for it, or sends chunks, which
  /// a proxy may have read differently.
  static boolean ends(ServerRequestHeaders headers) {
    return headers.contains(HeaderNames.TRANSFER_ENCODING)
        || (headers.contains(HeaderNames.CONNECTION)
            && names(headers.get(HeaderNames.CONNECTION), "close"));
  }

  private static boolean names(Header header, String token) {
    for (String line : header.allValues()) {
      for (String each : line.split(",", -1)) {
        if (each.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Problem> refuse(String detail) {
    return Optional.of(Problem.badRequest(detail));
  }

  private static boolean only(Header header, String value) {
    return header.valueCount() == 1 && header.get().equals(value);
  }

  private static boolean length(Header header) {
    String text = header.get();
    if (header.valueCount() != 1 || text.isEmpty() || text.length() > 18) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
