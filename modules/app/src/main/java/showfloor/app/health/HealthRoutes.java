package showfloor.app.health;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// What probes ask. Answers from memory: no database, no queue, no limit, no sign-in.
public final class HealthRoutes implements HttpService {
  /// With exactly three digits, also where they are zeros.
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Health health;

  public HealthRoutes(Health health) {
    this.health = health;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/observe/health/live", (request, response) -> probe(response, true, "ok"))
        .get("/observe/health/ready", (request, response) -> ready(response))
        .get(
            "/observe/health/started",
            (request, response) ->
                probe(response, health.started(), health.started() ? "ok" : "starting"))
        .get("/health", (request, response) -> simple(response))
        .get("/api/health", (request, response) -> simple(response));
  }

  private void ready(ServerResponse response) {
    Health.Verdict verdict = health.ready();
    probe(response, verdict.ready(), verdict.reason());
  }

  private static void probe(ServerResponse response, boolean up, String reason) {
    send(
        response,
        up,
        "{\"status\":\"%s\",\"reason\":\"%s\"}".formatted(up ? "UP" : "DOWN", reason));
  }

  /// For platforms that know one health page and want a fixed word in it.
  private void simple(ServerResponse response) {
    boolean up = health.ready().ready();
    send(
        response,
        up,
        "{\"status\":\"%s\",\"timestamp\":\"%s\"}"
            .formatted(up ? "ok" : "unavailable", MILLISECONDS.format(Instant.now())));
  }

  private static void send(ServerResponse response, boolean up, String json) {
    response
        .status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(json);
  }
}
