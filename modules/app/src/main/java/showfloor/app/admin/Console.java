package showfloor.app.admin;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import showfloor.app.health.Health;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Reconciliation;

/// The connection console: who holds and who waits, as JSON, as a page that follows it, and what an
/// operator may do about it. Thread-safe.
final class Console implements HttpService, AutoCloseable {
  private static final String CONNECTIONS = "/observe/connections";
  private static final String PAGE = "/observe/console";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final DatabaseRuntime database;
  private final Health health;
  private final Actions actions;
  private final History history = new History();
  private final Viewers viewers = new Viewers(Duration.ofSeconds(10));
  private final Sampler sampler;

  Console(DatabaseRuntime database, Health health, Actions actions) {
    this.database = database;
    this.health = health;
    this.actions = actions;
    this.sampler = new Sampler(database::facts, this::seen);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", (request, response) -> toThePage(response));
    rules.get(CONNECTIONS, this::connections);
    rules.get(CONNECTIONS + "/events", this::events);
    rules.post(
        CONNECTIONS + "/{lease}/cancel",
        (request, response) -> json(response, actions.cancel(request)));
    rules.post(
        CONNECTIONS + "/evict", (request, response) -> json(response, actions.evict(request)));
    file(rules, PAGE, "console.html", "text/html; charset=utf-8");
    file(rules, PAGE + "/console.css", "console.css", "text/css; charset=utf-8");
    file(rules, PAGE + "/console.js", "console.js", "text/javascript; charset=utf-8");
  }

  /// Begins to look at the pool.
  void start() {
    sampler.start();
  }

  /// Ends the looks and every stream at once.
  @Override
  public void close() {
    sampler.close();
    viewers.close();
  }

  private void seen(PoolFacts now, Sample sample) {
    history.add(sample);
    if (viewers.any()) {
      String event = event("now", ConnectionsJson.event(observed(now), Optional.of(sample)));
      viewers.publish(event.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Observation observed(PoolFacts now) {
    Health.Verdict ready = health.ready();
    Optional<Reconciliation> last = database.reconciliation();
    List<Warning> warnings = Warning.of(now, ready, history, last);
    return new Observation(Instant.now(), ready, now, last, warnings, actions.state());
  }

  private void connections(ServerRequest request, ServerResponse response) {
    json(response, ConnectionsJson.of(observed(database.facts())));
  }

  private void events(ServerRequest request, ServerResponse response) {
    viewers.serve(response, this::soFar);
  }

  /// What a page draws before the first second is over.
  private byte[] soFar() {
    String past = event("history", ConnectionsJson.of(history.all()));
    String present =
        event("now", ConnectionsJson.event(observed(database.facts()), Optional.empty()));
    return ("retry: 2000\n" + past + present).getBytes(StandardCharsets.UTF_8);
  }

  private static String event(String name, String json) {
    return "event: %s\ndata: %s\n\n".formatted(name, json);
  }

  private static void json(ServerResponse response, String text) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(text);
  }

  private static void toThePage(ServerResponse response) {
    response.status(Status.FOUND_302).header(HeaderNames.LOCATION, PAGE).send();
  }

  private static void file(HttpRules rules, String path, String name, String type) {
    byte[] bytes = read(name);
    rules.get(
        path,
        (request, response) ->
            response
                .header(HeaderNames.CONTENT_TYPE, type)
                .header(HeaderNames.create("Content-Security-Policy"), POLICY)
                .send(bytes));
  }

  private static byte[] read(String name) {
    try (InputStream in = Console.class.getResourceAsStream("console/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out console/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
