package showfloor.app;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import showfloor.app.admin.AdminRoutes;
import showfloor.app.configuration.Settings;
import showfloor.app.health.Health;
import showfloor.app.health.HealthRoutes;
import showfloor.app.metrics.HttpMetrics;
import showfloor.app.metrics.MetricsPage;
import showfloor.app.stop.Budget;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.httpapi.runtime.HttpApi;
import showfloor.httpapi.runtime.HttpSettings;

/// The API and the operator's pages on their two listeners.
final class Server {
  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final String ADMIN = "admin";
  private static final int NO_BODY = 1_024;

  private final HttpApi api;
  private final AdminRoutes operator;
  private final WebServer listeners;

  private Server(HttpApi api, AdminRoutes operator, WebServer listeners) {
    this.api = api;
    this.operator = operator;
    this.listeners = listeners;
  }

  /// Fails where a listener could not be opened, naming it. Asked before anything else is opened: a
  /// server that can't be reached must not migrate a database.
  static void requirePorts(Settings settings) throws StartFailure {
    InetSocketAddress api = address(settings.server().host(), settings.server().port());
    InetSocketAddress admin = address(settings.admin().host(), settings.admin().port());
    try (ServerSocket first = new ServerSocket();
        ServerSocket second = new ServerSocket()) {
      require(first, api, "PORT", "HOST");
      require(second, admin, "ADMIN_PORT", "ADMIN_HOST");
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A listener that was only tried could not be closed", e);
    }
  }

  private static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  private static void require(
      ServerSocket socket, InetSocketAddress address, String port, String host)
      throws StartFailure {
    try {
      socket.bind(address);
    } catch (IOException e) {
      throw StartFailure.ofPort(address, port, host, e);
    }
  }

  /// Returns when both listeners take connections; a port that is taken is a `StartFailure`.
  static Server start(
      Settings settings, DatabaseRuntime database, Domains domains, Health health, Budget budget)
      throws StartFailure {
    HttpMetrics http = new HttpMetrics();
    MetricsPage metrics =
        new MetricsPage(
            Main.version(),
            () -> health.ready().ready(),
            http,
            database::facts,
            database::reconciliation,
            database.outbox()::left,
            domains.webhooks()::waiting);
    HttpApi api =
        new HttpApi(
            domains.all(),
            database.idempotencyKeys(),
            domains.authenticator(),
            domains.sessions(),
            http(settings, budget.grace()),
            new RequestLog(http));
    AdminRoutes operator = new AdminRoutes(settings, metrics, database, health);
    WebServerConfig.Builder config = WebServer.builder();
    api.listener(config);
    HttpRouting.Builder routing = HttpRouting.builder();
    api.routing(routing);
    routing.register(new HealthRoutes(health));
    WebServer listeners =
        config
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .host(settings.server().host())
            .port(settings.server().port())
            .maxPayloadSize(api.payloadMax())
            .routing(routing)
            .putSocket(ADMIN, listener -> admin(settings, api, listener, operator))
            .build()
            .start();
    // It logs why a listener can't be opened, closes all, and returns as if nothing had happened.
    if (!listeners.isRunning()) {
      api.end();
      requirePorts(settings);
      throw new StartFailure("A listener can't be opened: the lines above say why.");
    }
    try {
      operator.start();
    } catch (RuntimeException | Error e) { // such as no memory for a thread
      listeners.stop();
      api.end();
      throw e;
    }
    return new Server(api, operator, listeners);
  }

  /// Where a listener is reached from this machine.
  static String url(String host, int port) {
    String reachable = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return "http://"
        + (reachable.indexOf(':') < 0 ? reachable : "[" + reachable + "]")
        + ":"
        + port;
  }

  int port() {
    return listeners.port();
  }

  int adminPort() {
    return listeners.port(ADMIN);
  }

  /// From now on each answer ends its connection.
  void drain() {
    api.drain();
  }

  /// Takes no more connections, waits for the requests in flight as long as the grace allows, then
  /// interrupts them.
  void stop() {
    operator.close();
    listeners.stop();
  }

  private static void admin(
      Settings settings, HttpApi api, ListenerConfig.Builder listener, AdminRoutes operator) {
    api.listener(listener);
    listener
        .host(settings.admin().host())
        .port(settings.admin().port())
        .maxPayloadSize(NO_BODY)
        .routing(operator.routing());
  }

  private static HttpSettings http(Settings settings, Duration grace) {
    HttpSettings defaults = HttpSettings.defaults();
    return new HttpSettings(
        Set.copyOf(settings.server().frontendUrls()),
        settings.server().trustedProxies(),
        settings.limits().requestsPerSecond(),
        settings.limits().burst(),
        defaults.writeStall(),
        grace,
        defaults.idleTimeout(),
        settings.server().maxFileSize());
  }
}
