package showfloor.httpapi.internal;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;

/// Names and values of headers, made once.
final class AnswerHeaders {
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
  static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");
  static final HeaderName REQUEST_TIMEOUT = HeaderNames.create("Request-Timeout");
  static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  static final HeaderName RATE_LIMIT = HeaderNames.create("RateLimit");
  static final HeaderName RATE_LIMIT_POLICY = HeaderNames.create("RateLimit-Policy");
  static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

  static final Header JSON = HeaderValues.createCached("Content-Type", "application/json");
  static final Header PROBLEM =
      HeaderValues.createCached("Content-Type", "application/problem+json");
  static final Header GZIP = HeaderValues.createCached("Content-Encoding", "gzip");

  static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");
  static final Header REVALIDATE = HeaderValues.createCached("Cache-Control", "private, no-cache");
  static final Header PUBLIC = HeaderValues.createCached("Cache-Control", "public, no-cache");

  static final Header VARY_ENCODING = HeaderValues.createCached("Vary", "Accept-Encoding");
  static final Header VARY_ORIGIN = HeaderValues.createCached("Vary", "Accept-Encoding, Origin");
  static final Header VARY_ACCEPT = HeaderValues.createCached("Vary", "Accept, Accept-Encoding");

  static final Header VARY_ACCEPT_ORIGIN =
      HeaderValues.createCached("Vary", "Accept, Accept-Encoding, Origin");

  /// Keeps the server from writing a `Content-Length` where there must be none, or none is known.
  static final Header NO_LENGTH = new Unwritten(HeaderValues.CONTENT_LENGTH_ZERO);

  private static final Header NO_SNIFF =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NO_FRAMES = HeaderValues.createCached("X-Frame-Options", "DENY");
  private static final Header NO_REFERRER =
      HeaderValues.createCached("Referrer-Policy", "no-referrer");
  private static final Header NOTHING_ALLOWED =
      HeaderValues.createCached(POLICY, "default-src 'none'; frame-ancestors 'none'");

  private AnswerHeaders() {}

  /// What every answer says of itself: when it was made, and what browsers must not do with it.
  static void secure(WritableHeaders<?> headers) {
    headers.set(HttpDate.now());
    headers.set(NO_SNIFF);
    headers.set(NO_FRAMES);
    headers.set(NO_REFERRER);
    headers.set(NOTHING_ALLOWED);
  }
}
