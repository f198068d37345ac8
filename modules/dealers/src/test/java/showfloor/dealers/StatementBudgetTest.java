package showfloor.dealers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// How many statements each route costs. For an import of n slices: one to sweep, n to stage, one
/// each to classify, report and discard; to apply it one more each to lock and to keep the report,
/// n to insert, n to update where there is something to update, and one to keep what failed.
class StatementBudgetTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private static final String LIST = "GET /api/dealers";
  private static final String ADD = "POST /api/dealers";
  private static final String FIND = "GET /api/dealers/{id}";
  private static final String DELETE = "DELETE /api/dealers/{id}";
  private static final String NOTE = "/api/dealers/{id}/notes/{noteId}";
  private static final String IMPORT = "POST /api/dealers/import";
  private static final String CITY = "{\"city\": \"x\"}";
  private static final String CONTENT = "{\"content\": \"x\"}";
  private static final String ROWS = "{\"dealers\": [{\"companyName\": \"%s\"}]}";
  private static final String[] STALE = {"If-Match", "\"1\""};

  private final TestClient acme = SERVER.newCompany();
  private final Instant moment = Instant.now();
  private final StatementBudget budget = new StatementBudget();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    lists();
    dealers();
    notes();
    imports();
    captures();
    matches();
    labels("groups", 1, 1, 1);
    labels("products", 1, 1, 1);
    labels("buying-groups", 2, 2, 1);
    customFields();
    consents();
    assertThat(budget.faults(SERVER)).isEmpty();
  }

  @Test
  void whatIsOneStatementIsOneTrip() {
    String dealer = dealer();
    String note = note(dealer);
    List<Supplier<Reply>> asks =
        List.of(
            () -> acme.put(dealer, CITY),
            () -> acme.put(dealer + "/rating", "{}"),
            () -> acme.put(note, CONTENT),
            () -> acme.delete(note),
            () -> acme.delete(dealer));
    for (Supplier<Reply> ask : asks) {
      assertThat(SERVER.roundTripsOf(() -> ask.get().expect(200))).isEqualTo(1);
    }
  }

  private void lists() {
    for (int i = 0; i < 4; i++) {
      note(dealer());
    }
    String next = acme.get("/api/dealers?limit=2").json().at("/pagination/nextCursor").asText();
    get(LIST, "all on one page", 1, "/api/dealers");
    get(LIST, "the first page", 2, "/api/dealers?limit=2");
    get(LIST, "page 2", 2, "/api/dealers?limit=2&page=2");
    get(LIST, "behind the last page", 2, "/api/dealers?limit=2&page=9");
    get(LIST, "a cursor", 2, "/api/dealers?limit=2&cursor=" + encoded(next));
    get(LIST, "has=notes", 2, "/api/dealers?has=notes&limit=2");
    get(LIST, "has=photos", 1, "/api/dealers?has=photos");
    get(LIST, "search and has=photos", 1, "/api/dealers?search=lumina&has=photos");
    get(LIST, "filters", 1, "/api/dealers?status=Prospect&rating=0&buyingGroup=x");
    get(LIST, "search", 2, "/api/dealers?search=lumina&limit=2");
    get(LIST, "search for nothing", 1, "/api/dealers?search=zzzzqqqq");
    get(LIST, "search by name", 2, "/api/dealers?search=lumina&sort=companyName&limit=2");
    get(LIST, "search and filters", 2, "/api/dealers?search=lumina&status=Prospect&has=notes");
    get("GET /api/dealers/buying-groups/list", "", 1, "/api/dealers/buying-groups/list");
    get("GET /api/dealers/import-template", "", 1, "/api/dealers/import-template");
    get("GET /api/reports/export/dealers", "one page", 2, "/api/reports/export/dealers");
  }

  private void dealers() {
    String dealer = dealer();
    acme.put(dealer, CITY).expect(200);
    String body = "{\"companyName\": \"Keyed\"}";
    String[] key = {"Idempotency-Key", "b1"};
    line(ADD, "", 201, 1, () -> acme.post("/api/dealers", body));
    line(ADD, "fresh key", 201, 3, () -> acme.post("/api/dealers", body, key));
    line(ADD, "replayed", 201, 1, () -> acme.post("/api/dealers", body, key));
    line(ADD, "key reused", 422, 1, () -> acme.post("/api/dealers", body + " ", key));
    get(FIND, "", 2, dealer);
    String tag = acme.get(dealer).header("ETag").orElseThrow();
    line(FIND, "unchanged", 304, 2, () -> acme.get(dealer, "If-None-Match", tag));
    line(FIND, "missing", 404, 1, () -> acme.get(dealer.replace('7', '8')));
    for (String method : List.of("PUT", "PATCH")) {
      String route = method + " /api/dealers/{id}";
      line(route, "stale", 412, 2, () -> acme.sendJson(method, dealer, CITY, STALE));
      line(route, "", 200, 1, () -> acme.sendJson(method, dealer, CITY));
    }
    String rating = "PUT /api/dealers/{id}/rating";
    line(rating, "stale", 412, 2, () -> acme.put(dealer + "/rating", "{}", STALE));
    line(rating, "", 200, 1, () -> acme.put(dealer + "/rating", "{}"));
    line(DELETE, "stale", 412, 2, () -> acme.delete(dealer, STALE));
    line(DELETE, "", 200, 1, () -> acme.delete(dealer));
    line(DELETE, "missing", 404, 1, () -> acme.delete(dealer));
  }

  private void notes() {
    String dealer = dealer();
    String note = note(dealer);
    acme.put(note, CONTENT).expect(200);
    String add = "POST /api/dealers/{id}/notes";
    line(add, "", 201, 1, () -> acme.post(dealer + "/notes", CONTENT));
    line(add, "fresh key", 201, 3, () -> keyed(dealer + "/notes", CONTENT, "b2"));
    line(add, "replayed", 201, 1, () -> keyed(dealer + "/notes", CONTENT, "b2"));
    for (String method : List.of("PUT", "PATCH")) {
      line(method + " " + NOTE, "stale", 412, 2, () -> acme.sendJson(method, note, CONTENT, STALE));
      line(method + " " + NOTE, "", 200, 1, () -> acme.sendJson(method, note, CONTENT));
    }
    line("DELETE " + NOTE, "stale", 412, 2, () -> acme.delete(note, STALE));
    line("DELETE " + NOTE, "", 200, 1, () -> acme.delete(note));
  }

  /// A buying group is changed by a function, with a look at what it was or became.
  private void labels(String kind, int rename, int delete, int move) {
    String all = "/api/dealers/" + kind;
    String name = "{\"name\": \"x\"}";
    line("POST " + all, "", 201, 1, () -> acme.post(all, name));
    line("POST " + all, "taken", 409, 1, () -> acme.post(all, name));
    String fresh = "{\"name\": \"fresh\"}";
    line("POST " + all, "fresh key", 201, 3, () -> keyed(all, fresh, kind));
    line("POST " + all, "replayed", 201, 1, () -> keyed(all, fresh, kind));
    get("GET " + all, "all on one page", 1, all);
    get("GET " + all, "page 1", 2, all + "?limit=1");
    String one = location(acme.post(all, "{\"name\": \"one\"}"));
    String path = all + "/{id}";
    get("GET " + path, "", 1, one);
    for (String method : List.of("PUT", "PATCH")) {
      line(
          method + " " + path,
          "stale",
          412,
          2,
          () -> acme.sendJson(method, one, name, "If-Match", "\"99\""));
      line(
          method + " " + path,
          "",
          200,
          rename,
          () -> acme.sendJson(method, one, "{\"name\": \"two\"}"));
    }
    String id = dealer().substring(dealer().lastIndexOf('/') + 1);
    line(
        "POST " + path + "/dealers",
        "",
        200,
        move,
        () -> acme.post(one + "/dealers", "{\"add\": [\"%s\"]}".formatted(id)));
    line("DELETE " + path, "", 200, delete, () -> acme.delete(one));
  }

  private void customFields() {
    String all = "/api/dealers/custom-fields";
    String field = "{\"key\": \"%s\", \"name\": \"x\", \"type\": \"text\"}";
    line("POST " + all, "", 201, 1, () -> acme.post(all, field.formatted("a")));
    line("POST " + all, "fresh key", 201, 3, () -> keyed(all, field.formatted("b"), "f1"));
    get("GET " + all, "", 1, all);
    String one = location(acme.post(all, field.formatted("c")));
    String path = all + "/{id}";
    get("GET " + path, "", 1, one);
    for (String method : List.of("PUT", "PATCH")) {
      line(method + " " + path, "", 200, 1, () -> acme.sendJson(method, one, "{\"name\": \"x\"}"));
    }
    String values = "{\"companyName\": \"x\", \"customFields\": {\"c\": \"x\"}}";
    line(ADD, "custom fields", 201, 2, () -> acme.post("/api/dealers", values));
    String dealer = dealer();
    line("PUT /api/dealers/{id}", "custom fields", 200, 2, () -> acme.put(dealer, values));
    line("DELETE " + path, "", 200, 1, () -> acme.delete(one));
  }

  private void consents() {
    String dealer = dealer();
    String all = "/api/dealers/{id}/consents";
    String yes = "{\"granted\": true, \"how\": \"form\"}";
    String one = dealer + "/consents/phone_contact";
    line("PUT " + all + "/{kind}", "", 200, 1, () -> acme.put(one, yes));
    line("PUT " + all + "/{kind}", "repeated", 200, 2, () -> acme.put(one, yes));
    get("GET " + all, "", 2, dealer + "/consents");
    get("GET /api/dealers/{id}/timeline", "", 1, dealer + "/timeline");
    line(
        "GET /api/dealers/{id}/timeline",
        "missing",
        404,
        1,
        () -> acme.get(dealer.replace('7', '8') + "/timeline"));
  }

  private void imports() {
    String one = "Company,City\nBudget One,A\n";
    line(IMPORT, "1 slice", 200, 9, () -> csv("", one));
    line(IMPORT, "1 slice, nothing new", 200, 9, () -> csv("?mode=skip", one));
    line(IMPORT, "1 slice, update", 200, 10, () -> csv("?mode=update", one.replace(",A", ",B")));
    line(IMPORT, "1 slice, insert", 200, 9, () -> csv("?mode=insert", one));
    line(IMPORT, "1 slice, dry run", 200, 6, () -> csv("?dryRun=true", one));
    line(IMPORT, "1 slice, fresh key", 200, 11, () -> csv("", one, "Idempotency-Key", "b3"));
    line(IMPORT, "1 slice, replayed", 200, 5, () -> csv("", one, "Idempotency-Key", "b3"));
    line(IMPORT, "2 slices", 200, 11, () -> csv("", slices('A')));
    line(IMPORT, "2 slices, update", 200, 13, () -> csv("?mode=update", slices('B')));
    line(IMPORT, "2 slices, dry run", 200, 7, () -> csv("?dryRun=true", slices('A')));
    line(IMPORT, "1 slice, a row fails", 200, 10, () -> csv("", one + ",B\n"));
    line(IMPORT, "not readable", 400, 1, () -> csv("", "City\nA\n"));
    String imports = "/api/dealers/imports/";
    String id = csv("", one).expect(200).json().path("importId").asText();
    get("GET " + imports + "{id}", "", 1, imports + id);
    get("GET " + imports + "{id}/rejected", "one page", 2, imports + id + "/rejected");
    String bulk = "/api/dealers/bulk-import";
    String check = "/api/dealers/check-duplicates";
    line("POST " + bulk, "1 slice", 200, 7, () -> acme.post(bulk, ROWS.formatted("Budget Two")));
    line("POST " + check, "1 slice", 200, 5, () -> acme.post(check, ROWS.formatted("Budget Two")));
  }

  private void captures() {
    String route = "POST /api/captures";
    String dealer = dealer().replace("/api/dealers/", "");
    String fresh = "\"dealer\": {\"companyName\": \"Budget\"}, \"note\": \"n\"";
    String known = "\"dealerId\": \"%s\", \"note\": \"n\", \"rating\": 3".formatted(dealer);
    line(route, "new dealer, note", 201, 4, () -> capture(1, 1, fresh));
    line(route, "repeat", 200, 3, () -> capture(1, 1, fresh));
    line(route, "other content", 422, 2, () -> capture(1, 1, known));
    line(route, "dealer, note, rating", 201, 4, () -> capture(2, 2, known));
    line(route, "number taken", 409, 1, () -> capture(3, 2, known));
    line(route, "no such dealer", 404, 1, () -> capture(4, 4, known.replace('7', '8')));
  }

  private Reply capture(int id, int sequence, String more) {
    return acme.post(
        "/api/captures",
        "{\"id\": \"%s\", \"deviceId\": \"d\", \"sequence\": %d, \"capturedAt\": \"%s\", %s}"
            .formatted(new UUID(0, id), sequence, moment, more));
  }

  private void matches() {
    String match = "POST /api/dealers/match";
    line(match, "by all", 200, 3, () -> matched("Lumina\\na@b.example"));
    line(match, "by name", 200, 2, () -> matched("Lumina"));
    line(match, "nothing to look for", 200, 0, () -> matched("..."));
    get("GET /api/dealers/duplicates", "", 2, "/api/dealers/duplicates");
  }

  private Reply matched(String text) {
    return acme.post("/api/dealers/match", "{\"text\": \"%s\"}".formatted(text));
  }

  private void get(String route, String what, long statements, String path) {
    line(route, what, 200, statements, () -> acme.get(path));
  }

  private void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    budget.line(route, what, status, statements, ask);
  }

  private Reply csv(String query, String text, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "text/csv"));
    all.addAll(List.of(headers));
    return acme.send(
        "POST",
        "/api/dealers/import" + query,
        BodyPublishers.ofString(text),
        all.toArray(String[]::new));
  }

  /// More text than one slice holds.
  private static String slices(char letter) {
    return IntStream.range(0, 24)
        .mapToObj(i -> "Long %d,%s\n".formatted(i, String.valueOf(letter).repeat(10_000)))
        .collect(Collectors.joining("", "Company,Notes\n", ""));
  }

  private Reply keyed(String path, String body, String key) {
    return acme.post(path, body, "Idempotency-Key", key);
  }

  private String dealer() {
    return location(acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}"));
  }

  private String note(String dealer) {
    return location(acme.post(dealer + "/notes", CONTENT));
  }

  private static String location(Reply reply) {
    return reply.expect(201).header("Location").orElseThrow();
  }

  private static String encoded(String cursor) {
    return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}
