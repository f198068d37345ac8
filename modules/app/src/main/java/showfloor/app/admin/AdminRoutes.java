package showfloor.app.admin;

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
import java.util.function.Supplier;
import showfloor.app.metrics.MetricsPage;
import showfloor.dbapi.runtime.PoolFacts;

/// What the operator asks, on the listener that only he reaches.
public final class AdminRoutes {
  private static final Logger LOG = System.getLogger(AdminRoutes.class.getName());

  private final String host;
  private final MetricsPage metrics;
  private final Supplier<PoolFacts> pool;

  /// @param host the name under which the listener is reached, besides addresses and `localhost`
  public AdminRoutes(String host, MetricsPage metrics, Supplier<PoolFacts> pool) {
    this.host = host;
    this.metrics = metrics;
    this.pool = pool;
  }

  /// The whole routing of the listener.
  public HttpRouting.Builder routing() {
    return HttpRouting.builder()
        .addFilter(this::guard)
        .error(Throwable.class, AdminRoutes::failed)
        .get("/observe/metrics", this::metrics)
        .get("/observe/connections", this::connections);
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    send(response, MetricsPage.CONTENT_TYPE, metrics.text());
  }

  private void connections(ServerRequest request, ServerResponse response) {
    send(response, "application/json", ConnectionsJson.of(pool.get()));
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
    if (name.equals("localhost") || name.equalsIgnoreCase(host) || isAddress(name)) {
      chain.proceed();
    } else {
      refuse(response, "Misdirected request", 421);
    }
    if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("answered, and asked to close");
    }
  }

  private static void failed(ServerRequest request, ServerResponse response, Throwable error) {
    if (error instanceof HttpException http && http.status().code() < 500) {
      refuse(response, http.status().reasonPhrase(), http.status().code());
    } else {
      LOG.log(Level.WARNING, "An operator's page failed", error);
      refuse(response, "Internal server error", 500);
    }
  }

  private static void refuse(ServerResponse response, String title, int status) {
    response.status(status);
    send(
        response,
        "application/problem+json",
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}".formatted(title, status));
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
