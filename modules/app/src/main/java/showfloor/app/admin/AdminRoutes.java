package showfloor.app.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Supplier;
import showfloor.app.metrics.MetricsPage;
import showfloor.dbapi.runtime.PoolFacts;

/// What the operator asks, on the listener that only he reaches.
public final class AdminRoutes implements HttpService {
  private final MetricsPage metrics;
  private final Supplier<PoolFacts> pool;

  public AdminRoutes(MetricsPage metrics, Supplier<PoolFacts> pool) {
    this.metrics = metrics;
    this.pool = pool;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/observe/metrics", this::metrics).get("/observe/connections", this::connections);
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    send(response, MetricsPage.CONTENT_TYPE, metrics.text());
  }

  private void connections(ServerRequest request, ServerResponse response) {
    send(response, "application/json", ConnectionsJson.of(pool.get()));
  }

  private static void send(ServerResponse response, String type, String text) {
    response
        .header(HeaderNames.CONTENT_TYPE, type)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(text);
  }
}
