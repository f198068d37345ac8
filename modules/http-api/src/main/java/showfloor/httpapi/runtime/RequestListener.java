package showfloor.httpapi.runtime;

import java.time.Duration;

/// Hears of every request, for metrics and the access log. Called by the request's thread after the
/// answer was written; must be fast and must not throw. Thread-safe.
@FunctionalInterface
public interface RequestListener {
  /// Hears nothing.
  RequestListener NONE = exchange -> {};

  void finished(Exchange exchange);

  /// One request and its answer.
  ///
  /// @param route `GET /api/dealers/{id}`, or `unmatched`
  /// @param domain the module that owns the route, or `http`
  /// @param requestId as in the answer
  /// @param status of the answer; 499 where the client was gone
  /// @param took from the first byte of the request to the last of the answer
  /// @param bytes of the answer's body, as sent
  record Exchange(
      String route, String domain, String requestId, int status, Duration took, long bytes) {}
}
