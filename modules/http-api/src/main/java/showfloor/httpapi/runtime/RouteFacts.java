package showfloor.httpapi.runtime;

import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes.Guard;

/// One declared route, for tests and metrics.
///
/// @param domain the module that declares it
/// @param path with `{name}` for parameters
/// @param takesKey whether it accepts `Idempotency-Key`
public record RouteFacts(
    String domain,
    String method,
    String path,
    Guard guard,
    RouteClass routeClass,
    boolean takesKey) {
  /// `GET /api/dealers/{id}`.
  public String name() {
    return method + " " + path;
  }
}
