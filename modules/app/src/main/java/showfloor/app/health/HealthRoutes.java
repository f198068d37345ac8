package showfloor.app.health;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

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
    page(rules, "/observe/health/live", response -> probe(response, true, "ok"));
    page(rules, "/observe/health/ready", this::ready);
    page(rules, "/observe/health/started", this::started);
    page(rules, "/health", this::simple);
    page(rules, "/api/health", this::simple);
  }

  /// Balancers ask by GET or by HEAD; nothing else makes sense.
  private static void page(HttpRules rules, String path, Consumer<ServerResponse> answer) {
    rules.get(path, (request, response) -> answer.accept(response));
    rules.head(path, (request, response) -> answer.accept(response));
    rules.any(
        path,
        (request, response) -> {
          throw Problem.of(ProblemTypes.METHOD_NOT_ALLOWED, "This path takes GET, HEAD.")
              .header("Allow", "GET, HEAD");
        });
  }

  private void started(ServerResponse response) {
    probe(response, health.started(), health.started() ? "ok" : "starting");
  }

  private void ready(ServerResponse response) {
    Health.Verdict verdict = health.ready();
    Health.Connections connections = health.connections();
    send(
        response,
        verdict.ready(),
        "{\"status\":\"%s\",\"reason\":\"%s\",\"connections\":%d,\"wanted\":%d}"
            .formatted(
                verdict.ready() ? "UP" : "DOWN",
                verdict.reason(),
                connections.got(),
                connections.wanted()));
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
