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
  private static final Header REQUEST_HEADERS =
      HeaderValues.createCached(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Request-Timeout,"
              + " X-Request-Id");
  private static final Header MAX_AGE = HeaderValues.createCached("Access-Control-Max-Age", "600");
  private static final HeaderName ALLOW_ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");
  private static final HeaderName ALLOW_METHODS =
      HeaderNames.create("Access-Control-Allow-Methods");

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

  /// Adds what an allowed origin needs to send the request that it asks about.
  void preflight(Headers request, WritableHeaders<?> answer, String allow) {
    if (request.contains(ASKED_METHOD) && allow(request, answer)) {
      answer.set(HeaderValues.create(ALLOW_METHODS, allow));
      answer.set(REQUEST_HEADERS);
      answer.set(MAX_AGE);
    }
  }

  private boolean allow(Headers request, WritableHeaders<?> answer) {
    if (origins.isEmpty() || !request.contains(HeaderNames.ORIGIN)) {
      return false;
    }
    String origin = request.get(HeaderNames.ORIGIN).get();
    if (!origins.contains(origin)) {
      return false;
    }
    answer.set(HeaderValues.create(ALLOW_ORIGIN, origin));
    answer.set(CREDENTIALS);
    return true;
  }
}
