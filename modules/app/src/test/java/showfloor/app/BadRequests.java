package showfloor.app;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import showfloor.app.Described.Operation;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// Makes requests from an API description that are wrong in one place each: a path, a parameter, a
/// header, a member, the body. Some are right by chance.
final class BadRequests {
  private static final String ID = "01a2b3c4-0000-7000-8000-00000000beef";
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "-1",
          "0",
          "1",
          "6",
          "201",
          "1.5",
          "1e3",
          "99999999999999999999",
          "NaN",
          "null",
          "true",
          "[]",
          "{}",
          "*",
          "%",
          "\\",
          "'",
          "\"",
          "' or 1=1 --",
          "); drop table x",
          "\u0000",
          "\u0001",
          "\ud83d\ude00",
          "\ufeff",
          "\u202e",
          "${jndi:x}",
          "../../etc/passwd",
          "2026-02-30",
          "2026-11-23T10:15:30",
          "9999999-01-01T00:00:00Z",
          ID,
          "x".repeat(300),
          "x".repeat(6_000));
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1.5",
          "6",
          "1e999",
          "1e-999999999",
          "99999999999999999999",
          "[]",
          "[null]",
          "[{}]",
          "[[[]]]",
          "{}",
          "{\"a\":{}}",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "\"\ud83d\ude00\"",
          "\"\\u202e\"",
          "\"' or 1=1 --\"",
          "\"%s%n\"",
          "\"a@b\"",
          "\"2026-02-30\"",
          "\"" + ID + "\"",
          "\"" + "x".repeat(11_000) + "\"");
  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "{",
          "}",
          "[]",
          "null",
          "42",
          "\"x\"",
          "{}{}",
          "{\"a\":}",
          "{\"a\":1,\"a\":2}",
          "{\"a\":1,}",
          "\ufeff{}",
          "{}x",
          "{\"__proto__\":{}}",
          "[".repeat(10_000),
          "{\"a\":".repeat(90),
          "\u0000",
          "{\"\\u0000\":1}",
          "a,b\n\"",
          "Company\n\"x",
          "Company Name\n",
          "\n\n\n",
          "Company Name,Rating\nAcme,9\n",
          "x".repeat(40_000) + "\n1");
  private static final Map<String, List<String>> HEADERS =
      Map.ofEntries(
          entry("Request-Timeout", List.of("x", "0", "-1", "1.5", "9".repeat(30))),
          entry(
              "Content-Type",
              List.of(
                  "text/plain",
                  "application/xml",
                  "x",
                  "multipart/form-data",
                  "multipart/form-data; boundary=",
                  "application/json; charset=utf-16",
                  "text/csv; charset=x")),
          entry(
              "Range",
              List.of("x", "bytes=", "bytes=-0", "bytes=9-1", "bytes=0-" + "9".repeat(30))),
          entry("Idempotency-Key", List.of("a b", "x".repeat(256), "\u00e9")),
          entry(
              "If-Match",
              List.of("12", "\"x\"", "W/\"1\"", "\"1\", \"2\"", "\"999999999999999999999\"")),
          entry("If-None-Match", List.of("12", "\"", "*", "W/\"1\"")),
          entry("Accept-Encoding", List.of("gzip;q=x", "identity;q=0", ";;,")),
          entry("Accept", List.of("image/png", "x")),
          entry("X-Request-Id", List.of("a b", "x".repeat(65), "'; drop")),
          entry("X-Forwarded-For", List.of("x", "::::", "1.2.3.4, , 5")),
          entry(
              "Authorization",
              List.of("Bearer", "Bearer x", "Basic eDp5", "Bearer " + "x".repeat(600))));

  private final Described api;

  private BadRequests(Described api) {
    this.api = api;
  }

  static BadRequests of(JsonNode api) {
    return new BadRequests(new Described(api));
  }

  record Sent(String method, String path, String body, List<String> headers) {
    Reply with(TestClient client) {
      return client.send(
          method, path, BodyPublishers.ofString(body), headers.toArray(String[]::new));
    }

    @Override
    public String toString() {
      return "%s %s %s %s".formatted(method, path, headers, body);
    }
  }

  /// A company of its own, because some requests sign their user out.
  static TestClient signedIn(TestClient client) {
    TestClient owner = Payments.paid(Payments.newcomer(client));
    owner.post("/api/dealers", "{\"companyName\": \"Acme\"}").expect(201);
    return owner;
  }

  List<Operation> operations() {
    return api.operations().stream()
        // The sandbox's clock is everybody's: a wrong request that is right by chance moves it.
        .filter(operation -> !operation.path().startsWith("/sandbox/"))
        .toList();
  }

  /// The id of the dealer that each of them has.
  static String dealerOf(TestClient owner) {
    return owner.get("/api/dealers").expect(200).json().at("/dealers/0/id").asText();
  }

  /// @param id of something that is there, for the first parameter of a path
  List<Sent> requests(Operation operation, String id) {
    List<Sent> all = new ArrayList<>();
    JsonNode content = api.bodies(operation);
    String type = content.fieldNames().hasNext() ? content.fieldNames().next() : "";
    ObjectNode body = api.sample(content.path(type));
    String path = operation.path().replace("{id}", id).replaceAll("\\{[^}]*}", ID);
    String good =
        type.equals("text/csv") ? "Company Name\nAcme\n" : type.isEmpty() ? "" : body.toString();
    paths(operation).forEach(bad -> all.add(sent(operation, bad, good, type)));
    queries(operation).forEach(query -> all.add(sent(operation, path + query, good, type)));
    HEADERS.forEach(
        (name, values) ->
            values.forEach(value -> all.add(sent(operation, path, good, type, name, value))));
    if (!type.isEmpty()) {
      BODIES.forEach(bad -> all.add(sent(operation, path, bad, type)));
      members(content.path(type), body)
          .forEach(bad -> all.add(sent(operation, path, bad, "application/json")));
      all.add(sent(operation, path, "{\"x\":\"" + "x".repeat(1 << 20) + "\"}", type));
    }
    return all;
  }

  private static Sent sent(
      Operation operation, String path, String body, String type, String... header) {
    List<String> headers = new ArrayList<>();
    if (!type.isEmpty()) {
      headers.addAll(List.of("Content-Type", type));
    }
    headers.addAll(List.of(header));
    return new Sent(operation.method(), path, body, headers);
  }

  /// Each path parameter replaced, one at a time.
  private static List<String> paths(Operation operation) {
    List<String> paths = new ArrayList<>();
    for (String segment : operation.path().split("/", -1)) {
      if (segment.startsWith("{")) {
        // Behind the last slash nothing is no bad value, but the list.
        for (String text : TEXTS.subList(1, TEXTS.size())) {
          paths.add(operation.path().replace(segment, encoded(text)).replaceAll("\\{[^}]*}", ID));
        }
      }
    }
    return paths;
  }

  /// Each query parameter with every text, twice, and one that nobody knows.
  private List<String> queries(Operation operation) {
    List<String> queries = new ArrayList<>(List.of("?unknown=1", "?", "?=", "?&&", "?a=%ff"));
    for (JsonNode parameter : api.parameters(operation)) {
      if (parameter.path("in").asText().equals("query")) {
        String name = parameter.path("name").asText();
        TEXTS.forEach(text -> queries.add("?" + name + "=" + encoded(text)));
        queries.add("?%1$s=1&%1$s=2".formatted(name));
        queries.add("?" + name);
      }
    }
    return queries;
  }

  /// Each member replaced by each value, left out, and joined by one that nobody knows.
  private List<String> members(JsonNode content, ObjectNode good) {
    List<String> bodies = new ArrayList<>();
    for (String member : api.members(content.path("schema")).keySet()) {
      String others = good.deepCopy().without(member).toString();
      bodies.add(others);
      for (String value : VALUES) {
        String joint = others.equals("{}") ? "" : ",";
        bodies.add("{\"%s\":%s%s%s".formatted(member, value, joint, others.substring(1)));
      }
    }
    bodies.add(good.deepCopy().put("what", 1).toString());
    return bodies;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
