package showfloor.app.admin;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongPredicate;
import showfloor.app.configuration.Mode;
import showfloor.app.configuration.Settings;

/// What an operator may do to the connections, and whether the one who asks may. There are no
/// cookies, so a foreign page has nothing to borrow but the way to this listener: a request that a
/// browser says comes from another origin is refused, and so is one without the header that only
/// our own page, or a person with a command line, can send.
final class Actions {
  /// Must be in each request, with any value.
  static final String HEADER = "X-Showfloor-Action";

  private static final Logger LOG = System.getLogger(Actions.class.getName());
  private static final HeaderName ACTION = HeaderNames.create(HEADER);
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final String BEARER = "bearer ";

  private final Optional<String> token;
  private final State state;
  private final LongPredicate cancel;
  private final Runnable evict;

  /// Whether actions are taken.
  ///
  /// @param on they are
  /// @param token only with the operator's token
  /// @param reason why not, and what turns them on; empty when they are
  record State(boolean on, boolean token, String reason) {}

  /// @param cancel cancels a lease; false: there is none of that number
  /// @param evict replaces every connection, those that are held when they come back
  Actions(Settings settings, LongPredicate cancel, Runnable evict) {
    this.token = settings.admin().token();
    this.state = state(settings.mode(), token.isPresent());
    this.cancel = cancel;
    this.evict = evict;
  }

  static State state(Mode mode, boolean token) {
    boolean on = token || mode == Mode.DEVELOPMENT;
    return new State(
        on,
        token,
        on
            ? ""
            : "Actions are off in production mode. Set ADMIN_TOKEN (the key admin.token) in the"
                + " environment and start again to turn them on.");
  }

  State state() {
    return state;
  }

  /// Cancels the lease that the path names, and answers what was done.
  String cancel(ServerRequest request) {
    check(request.headers());
    long lease = lease(request.path().pathParameters().get("lease"));
    if (!cancel.test(lease)) {
      throw new Refusal(
          404,
          "No such lease",
          "LEASE_ENDED",
          "Nobody holds lease %d: it has ended already.".formatted(lease));
    }
    LOG.log(Level.WARNING, "An operator cancelled lease {0}", Long.toString(lease));
    return "{\"lease\":%d,\"cancelled\":true}\n".formatted(lease);
  }

  /// Replaces all connections, and answers what was done.
  String evict(ServerRequest request) {
    check(request.headers());
    evict.run();
    LOG.log(Level.WARNING, "An operator had all connections replaced");
    return "{\"evicted\":true}\n";
  }

  private void check(ServerRequestHeaders headers) {
    if (!isSameSite(headers)) {
      throw new Refusal(
          403,
          "Cross-site request",
          "CROSS_SITE",
          "Only a page of this listener may ask for this.");
    }
    if (!headers.contains(ACTION)) {
      throw new Refusal(
          403,
          "Header missing",
          "HEADER_MISSING",
          "Send the header %s with any value; no other site's page can.".formatted(HEADER));
    }
    if (!isJson(headers)) {
      throw new Refusal(
          415,
          "Unsupported media type",
          "UNSUPPORTED_MEDIA_TYPE",
          "Send Content-Type: application/json; the body may be empty.");
    }
    if (!state.on()) {
      throw new Refusal(403, "Actions are off", "ACTIONS_OFF", state.reason());
    }
    if (token.isPresent() && !matches(headers, token.get())) {
      throw new Refusal(
          401,
          "Not signed in",
          "UNAUTHORIZED",
          "Send Authorization: Bearer with the operator's token.");
    }
  }

  /// Browsers tell where a request comes from; who tells nothing is no browser.
  private static boolean isSameSite(ServerRequestHeaders headers) {
    boolean fetch = headers.value(FETCH_SITE).filter(site -> !site.equals("same-origin")).isEmpty();
    String host = headers.value(HeaderNames.HOST).orElse("");
    return fetch
        && headers.value(HeaderNames.ORIGIN).filter(origin -> !isOrigin(origin, host)).isEmpty();
  }

  private static boolean isOrigin(String origin, String host) {
    try {
      return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isJson(ServerRequestHeaders headers) {
    return headers
        .value(HeaderNames.CONTENT_TYPE)
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }

  /// In a time that says nothing about the token.
  private static boolean matches(ServerRequestHeaders headers, String token) {
    String shown = headers.value(HeaderNames.AUTHORIZATION).orElse("");
    boolean bearer = shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String given = bearer ? shown.substring(BEARER.length()).strip() : "";
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static long lease(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw new Refusal(
          400, "Bad request", "BAD_REQUEST", "A lease is named by its number, such as 12.");
    }
  }
}
