package showfloor.app;

import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

/// Puts the API and the operator's pages on their two listeners.
final class Server {
  /// The name of the operator's listener.
  static final String ADMIN = "admin";

  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final int NO_BODY = 1_024;

  /// A handler is interrupted when this is over beyond drain and cancel: an interrupt inside a
  /// statement would cut its connection, so it must be the last means.
  private static final Duration LAST_MEANS = Duration.ofSeconds(1);

  private Server() {}

  /// Returns when both listeners take connections.
  static WebServer start(
      Settings settings, DatabaseRuntime database, Domains domains, Health health, Budget budget) {
    HttpMetrics http = new HttpMetrics();
    MetricsPage metrics =
        new MetricsPage(Main.version(), () -> health.ready().ready(), http, database::facts);
    Duration grace = budget.drain().plus(budget.database()).plus(LAST_MEANS);
    HttpApi api =
        new HttpApi(
            domains.all(),
            database.idempotencyKeys(),
            domains.authenticator(),
            domains.access(),
            domains.sessions(),
            http(settings, grace),
            new RequestLog(http));
    WebServerConfig.Builder config = WebServer.builder();
    api.listener(config);
    HttpRouting.Builder routing = HttpRouting.builder();
    api.routing(routing);
    routing.register(new HealthRoutes(health));
    return config
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .host(settings.server().host())
        .port(settings.server().port())
        .maxPayloadSize(api.payloadMax())
        .routing(routing)
        .putSocket(ADMIN, listener -> admin(settings, api, listener, metrics, database))
        .build()
        .start();
  }

  private static void admin(
      Settings settings,
      HttpApi api,
      ListenerConfig.Builder listener,
      MetricsPage metrics,
      DatabaseRuntime database) {
    api.listener(listener);
    listener
        .host(settings.admin().host())
        .port(settings.admin().port())
        .maxPayloadSize(NO_BODY)
        .routing(admin(new AdminRoutes(metrics, database::facts)));
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

  private static HttpRouting.Builder admin(AdminRoutes routes) {
    return HttpRouting.builder()
        .error(
            Throwable.class,
            (request, response, error) -> {
              LOG.log(Level.WARNING, "An operator's page failed", error);
              response.status(Status.INTERNAL_SERVER_ERROR_500).send();
            })
        .register(routes);
  }
}
