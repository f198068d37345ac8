package showfloor.app.admin;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import showfloor.app.configuration.Settings;
import showfloor.app.health.Health;
import showfloor.app.metrics.MetricsPage;
import showfloor.dbapi.runtime.DatabaseRuntime;

/// What the operator asks, on the listener that only he reaches.
public final class AdminRoutes implements AutoCloseable {
  private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final HeaderName MODE = HeaderNames.create("Sec-Fetch-Mode");
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;
  private static final int SERVER_ERROR = 500;
  private static final Logger LOG = System.getLogger(AdminRoutes.class.getName());

  private final String host;
  private final MetricsPage metrics;
  private final Console console;

  public AdminRoutes(
      Settings settings, MetricsPage metrics, DatabaseRuntime database, Health health) {
    this.host = settings.admin().host();
    this.metrics = metrics;
    Actions actions = new Actions(settings, database::cancel, database::evict);
    this.console = new Console(database, health, actions);
  }

  /// Begins to look at the pool.
  public void start() {
    console.start();
  }

  /// Before the server stops: ends every stream at once.
  @Override
  public void close() {
    console.close();
  }

  /// The whole routing of the listener.
  public HttpRouting.Builder routing() {
    return HttpRouting.builder()
        .addFilter(this::guard)
        .error(Throwable.class, AdminRoutes::failed)
        .get("/observe/metrics", this::metrics)
        .register(console);
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    send(response, MetricsPage.CONTENT_TYPE, metrics.text());
  }

  private static void send(ServerResponse response, String type, String text) {
    response.header(HeaderNames.CONTENT_TYPE, type).send(text);
  }

  /// Without a password the name counts: a page of the web whose name was made to lead to this
  /// address sends its own in `Host`, and gets nothing.
  private void guard(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    response.header(HeaderNames.create("Content-Security-Policy"), "default-src 'none'");
    String name =
        request.headers().value(HeaderNames.HOST).map(AdminRoutes::withoutPort).orElse("");
    if (!name.equals("localhost") && !name.equalsIgnoreCase(host) && !isAddress(name)) {
      refuse(
          response,
          new Refusal(
              MISDIRECTED,
              "Misdirected request",
              "MISDIRECTED_REQUEST",
              "Ask for an address, for localhost, or for the name in the key admin.host."));
    } else if (isOfAnotherSite(request)) {
      refuse(
          response,
          new Refusal(
              FORBIDDEN,
              "Forbidden",
              "CROSS_SITE",
              "A page of another site may lead here, and load nothing from here."));
    } else {
      chain.proceed();
    }
    if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("answered, and asked to close");
    }
  }

  /// It could read nothing, but hold every place of a viewer (W3C Fetch Metadata).
  private static boolean isOfAnotherSite(RoutingRequest request) {
    return request.headers().value(SITE).filter("cross-site"::equals).isPresent()
        && request.headers().value(MODE).filter("navigate"::equals).isEmpty();
  }

  private static void failed(ServerRequest request, ServerResponse response, Throwable error) {
    Refusal refusal =
        switch (error) {
          case Refusal asItIs -> asItIs;
          case HttpException http when http.status().code() < SERVER_ERROR ->
              new Refusal(http.status().code(), http.status().reasonPhrase(), "HTTP_ERROR", "");
          default -> {
            LOG.log(Level.WARNING, "An operator's page failed", error);
            yield new Refusal(SERVER_ERROR, "Internal server error", "INTERNAL_ERROR", "");
          }
        };
    refuse(response, refusal);
  }

  private static void refuse(ServerResponse response, Refusal refusal) {
    if (refusal.status() == UNAUTHORIZED) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    response.status(refusal.status());
    send(response, "application/problem+json", ConnectionsJson.of(refusal));
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    String name = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  private static boolean isAddress(String name) {
    try {
      return !InetAddress.ofLiteral(name).getHostAddress().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
