package showfloor.tradeshows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import showfloor.dealers.DealersDomain;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What tests of shows ask of the API again and again.
@SuppressWarnings("exports") // the fixtures are in no module
public final class Calls {
  public static final String SHOWS = "/api/trade-shows";

  /// As many as meet in the database without being turned away in front of it.
  public static final int CALLERS = 12;

  private Calls() {}

  public static TestServer server() {
    return TestServer.start(
        parts ->
            List.of(new DealersDomain(parts.database()), new TradeShowsDomain(parts.database())));
  }

  /// With a connection for each of [#CALLERS].
  public static TestServer serverOfMany() {
    return TestServer.start(
        CALLERS,
        parts ->
            List.of(new DealersDomain(parts.database()), new TradeShowsDomain(parts.database())));
  }

  public static UUID companyOf(TestClient client) {
    return UUID.fromString(client.token().substring(0, 36));
  }

  /// Adds a show; `more` are further members, each after a comma.
  ///
  /// @return its path
  public static String show(TestClient client, String name, String more) {
    return client
        .post(SHOWS, "{\"name\": \"%s\"%s}".formatted(name, more))
        .expect(201)
        .header("Location")
        .orElseThrow();
  }

  /// @return the id of a new dealer
  public static String dealer(TestClient client, String name) {
    return client
        .post("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  /// @return the ids of new dealers
  public static List<String> dealers(TestClient client, int count) {
    String rows =
        java.util.stream.IntStream.range(0, count)
            .mapToObj(i -> "{\"companyName\": \"Dealer %d\"}".formatted(i))
            .collect(Collectors.joining(", ", "{\"dealers\": [", "]}"));
    client.post("/api/dealers/bulk-import", rows).expect(200);
    return ids(client, count);
  }

  /// @return the ids of the dealers of a company that has so many
  public static List<String> ids(TestClient client, int count) {
    List<String> ids = new ArrayList<>();
    for (int page = 1; ids.size() < count; page++) {
      JsonNode found = client.get("/api/dealers?limit=200&page=" + page).expect(200).json();
      found.path("dealers").forEach(each -> ids.add(each.path("id").asText()));
    }
    return ids;
  }

  /// The body of a change of many links.
  public static String links(List<String> add, List<String> remove) {
    return "{\"add\": %s, \"remove\": %s}".formatted(array(add), array(remove));
  }

  private static String array(List<String> ids) {
    return ids.stream().collect(Collectors.joining("\", \"", "[\"", "\"]")).replace("[\"\"]", "[]");
  }

  /// The ids of the dealers of a show, as they are answered with it.
  public static List<String> linked(TestClient client, String show) {
    return client.get(show).expect(200).json().path("dealers").findValuesAsText("dealerId");
  }

  /// Runs them at the same time, up to [#CALLERS]; their results in the same order.
  public static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }
}
