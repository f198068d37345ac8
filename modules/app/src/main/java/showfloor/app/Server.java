package showfloor.app;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import showfloor.app.admin.AdminRoutes;
import showfloor.app.configuration.Settings;
import showfloor.app.health.Health;
import showfloor.app.health.HealthRoutes;
import showfloor.app.metrics.HttpMetrics;
import showfloor.app.metrics.MetricsPage;
import showfloor.app.stop.Budget;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.httpapi.Domain;

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
      Settings settings,
      DatabaseRuntime database,
      List<Domain> domains,
      Health health,
      Budget budget) {
    HttpMetrics http = new HttpMetrics();
    MetricsPage metrics =
        new MetricsPage(Main.version(), () -> health.ready().ready(), http, database::facts);
    Duration grace = budget.drain().plus(budget.database()).plus(LAST_MEANS);
    return WebServer.builder()
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .host(settings.server().host())
        .port(settings.server().port())
        .shutdownGracePeriod(grace)
        .routing(routing -> routing.register(new HealthRoutes(health)))
        .putSocket(
            ADMIN,
            listener ->
                listener
                    .host(settings.admin().host())
                    .port(settings.admin().port())
                    .shutdownGracePeriod(grace)
                    .maxPayloadSize(NO_BODY)
                    .routing(admin(new AdminRoutes(metrics, database::facts))))
        .build()
        .start();
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
