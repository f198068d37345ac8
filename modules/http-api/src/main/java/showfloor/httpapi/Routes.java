package showfloor.httpapi;

/// Where a domain declares its routes, one line each. HEAD is answered for each GET, OPTIONS and
/// 405 with `Allow` for each path.
public interface Routes {
  /// `path` begins with `/api/`, or with the domain's own name where it is no part of the API
  /// (`/sandbox/`), and may hold `{name}` for one segment.
  Route get(String path, Handler handler);

  Route post(String path, Handler handler);

  Route put(String path, Handler handler);

  Route patch(String path, Handler handler);

  Route delete(String path, Handler handler);

  /// Answers one request. What it throws becomes a problem: [Problem] as it is, a database
  /// exception by its kind, anything else 500 without a word of it to the client.
  @FunctionalInterface
  interface Handler {
    Answer handle(Request request) throws Exception;
  }

  /// Fine print of one route. Without it: a caller with access, class READ for GET and WRITE for
  /// the rest, a JSON body, no idempotency key.
  interface Route {
    /// Who may call it.
    Route guard(Guard guard);

    /// How long it may take, and how urgent it is.
    Route as(RouteClass routeClass);

    /// Accepts `Idempotency-Key`: the handler uses [Request#once] around its unit of work. Never
    /// where an answer holds a secret.
    Route idempotent();

    /// The body may be as long as `limit`, and the handler reads it as it comes.
    Route streams(Limits limit);

    /// The body is a form with a file as large as the operator allows, and the handler reads it as
    /// it comes: [Request#nextPart].
    Route takesFile();
  }

  /// Who may call a route.
  enum Guard {
    /// Anyone.
    PUBLIC,
    /// A caller with a valid token.
    SIGNED_IN,
    /// A caller whose company has access (the paywall).
    SUBSCRIBED
  }
}
