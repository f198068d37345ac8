package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.Set;

/// Which pages of other origins may read our answers: those of the configured origins, compared
/// whole. To all others we say nothing, and their browser refuses.
final class Cors {
  private static final HeaderName ASKED_METHOD =
      HeaderNames.create("Access-Control-Request-Method");
  private static final Header CREDENTIALS =
      HeaderValues.createCached("Access-Control-Allow-Credentials", "true");
  private static final Header EXPOSED =
      HeaderValues.createCached(
          "Access-Control-Expose-Headers",
          "ETag, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, Idempotency-Replayed,"
              + " Location, Content-Disposition");
  private static final Header METHODS =
      HeaderValues.createCached(
          "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
  private static final Header MAX_AGE = HeaderValues.createCached("Access-Control-Max-Age", "600");
  private static final HeaderName ALLOW_ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");
  private static final HeaderName ASKED_HEADERS =
      HeaderNames.create("Access-Control-Request-Headers");
  private static final HeaderName ALLOW_HEADERS =
      HeaderNames.create("Access-Control-Allow-Headers");

  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = origins;
  }

  /// Whether answers differ by origin.
  boolean varies() {
    return !origins.isEmpty();
  }

  /// Adds what an allowed origin needs to read the answer.
  void expose(Headers request, WritableHeaders<?> answer) {
    if (allow(request, answer)) {
      answer.set(EXPOSED);
    }
  }

  /// Whether an allowed origin asks if it may send a request.
  boolean asks(Headers request) {
    return request.contains(ASKED_METHOD) && isAllowed(request);
  }

  /// Adds what an allowed origin needs to send the request that it asks about, whatever its method
  /// and headers: an answer that says no is better than one that its page may not read.
  void preflight(Headers request, WritableHeaders<?> answer) {
    if (request.contains(ASKED_METHOD) && allow(request, answer)) {
      answer.set(METHODS);
      if (request.contains(ASKED_HEADERS)) {
        answer.set(HeaderValues.create(ALLOW_HEADERS, request.get(ASKED_HEADERS).values()));
      }
      answer.set(MAX_AGE);
    }
  }

  private boolean allow(Headers request, WritableHeaders<?> answer) {
    if (!isAllowed(request)) {
      return false;
    }
    answer.set(HeaderValues.create(ALLOW_ORIGIN, request.get(HeaderNames.ORIGIN).get()));
    answer.set(CREDENTIALS);
    return true;
  }

  private boolean isAllowed(Headers request) {
    return request.contains(HeaderNames.ORIGIN)
        && origins.contains(request.get(HeaderNames.ORIGIN).get());
  }
}
