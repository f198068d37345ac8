package showfloor.tradeshows;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.SHOWS;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// How many statements each route of this module costs.
class StatementBudgetTest {
  private static final TestServer SERVER = Calls.server();
  private static final String SHOW = SHOWS + "/{id}";
  private static final String LINK = SHOW + "/dealers/{dealerId}";
  private static final String HALL = "{\"location\": \"Hall 3\"}";
  private static final String[] STALE = {"If-Match", "\"9\""};

  private final TestClient acme = SERVER.newCompany();
  private final StatementBudget budget = new StatementBudget();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    lists();
    shows();
    links();
    assertThat(budget.faults(SERVER))
        .as("of the routes of this module; those of dealers are budgeted there")
        .noneMatch(fault -> fault.contains(SHOWS));
  }

  @Test
  void whatIsOneStatementIsOneTrip() {
    String show = Calls.show(acme, "Lightfair", "");
    String dealer = show + "/dealers/" + Calls.dealer(acme, "Lumina");
    acme.post(dealer, "{}").expect(201);
    List<Supplier<Reply>> asks =
        List.of(
            () -> acme.get(SHOWS),
            () -> acme.put(show, HALL),
            () -> acme.delete(dealer),
            () -> acme.get(show),
            () -> acme.delete(show));
    for (Supplier<Reply> ask : asks) {
      assertThat(SERVER.roundTripsOf(() -> ask.get().expect(200))).isEqualTo(1);
    }
  }

  private void lists() {
    String list = "GET " + SHOWS;
    TestClient three = SERVER.newCompany();
    for (int i = 0; i < 3; i++) {
      Calls.show(three, "Show", "");
    }
    String next = three.get(SHOWS + "?limit=2").json().at("/pagination/nextCursor").asText();
    String cursor = "?limit=2&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    line(list, "all", 200, 1, () -> three.get(SHOWS));
    line(list, "all on one page", 200, 1, () -> three.get(SHOWS + "?limit=3"));
    line(list, "the first page", 200, 2, () -> three.get(SHOWS + "?limit=2"));
    line(list, "the last page", 200, 1, () -> three.get(SHOWS + "?limit=2&page=2"));
    line(list, "behind the last page", 200, 2, () -> three.get(SHOWS + "?limit=2&page=9"));
    line(list, "a cursor", 200, 2, () -> three.get(SHOWS + cursor));
  }

  private void shows() {
    String show = Calls.show(acme, "Lightfair", "");
    String body = "{\"name\": \"Keyed\"}";
    String[] key = {"Idempotency-Key", "s1"};
    line("POST " + SHOWS, "", 201, 1, () -> acme.post(SHOWS, body));
    line("POST " + SHOWS, "fresh key", 201, 3, () -> acme.post(SHOWS, body, key));
    line("POST " + SHOWS, "replayed", 201, 1, () -> acme.post(SHOWS, body, key));
    line("GET " + SHOW, "without dealers", 200, 1, () -> acme.get(show));
    line("GET " + SHOW, "missing", 404, 1, () -> acme.get(missing(show)));
    for (String method : List.of("PUT", "PATCH")) {
      line(method + " " + SHOW, "", 200, 1, () -> acme.sendJson(method, show, HALL));
      line(method + " " + SHOW, "stale", 412, 1, () -> acme.sendJson(method, show, HALL, STALE));
      line(
          method + " " + SHOW, "missing", 404, 1, () -> acme.sendJson(method, missing(show), HALL));
    }
    line("GET " + SHOW + "/export", "empty", 200, 2, () -> acme.get(show + "/export"));
    line("DELETE " + SHOW, "stale", 412, 1, () -> acme.delete(show, STALE));
    line("DELETE " + SHOW, "", 200, 1, () -> acme.delete(show));
    line("DELETE " + SHOW, "missing", 404, 1, () -> acme.delete(show));
  }

  private void links() {
    String show = Calls.show(acme, "Lightfair", "");
    List<String> dealers = Calls.dealers(acme, 200);
    String link = show + "/dealers/" + dealers.getFirst();
    String all = Calls.links(dealers, List.of());
    String none = Calls.links(List.of(), dealers);
    String[] key = {"Idempotency-Key", "s2"};
    line("POST " + LINK, "", 201, 2, () -> acme.post(link, ""));
    line("POST " + LINK, "again", 400, 2, () -> acme.post(link, ""));
    line("POST " + LINK, "missing dealer", 404, 1, () -> acme.post(missing(link), ""));
    line("GET " + SHOW, "with dealers", 200, 2, () -> acme.get(show));
    line("DELETE " + LINK, "", 200, 1, () -> acme.delete(link));
    line("DELETE " + LINK, "missing", 404, 1, () -> acme.delete(link));
    line("POST " + LINK, "fresh key", 201, 4, () -> acme.post(link, "", key));
    line("POST " + LINK, "replayed", 201, 1, () -> acme.post(link, "", key));
    line("POST " + SHOW + "/dealers", "200", 200, 3, () -> acme.post(show + "/dealers", all));
    line("GET " + SHOW + "/export", "one page", 200, 2, () -> acme.get(show + "/export"));
    line("POST " + SHOW + "/dealers", "none", 200, 3, () -> acme.post(show + "/dealers", none));
  }

  /// A path like this one whose last id is nobody's.
  private static String missing(String path) {
    return path.substring(0, path.length() - 12) + "0123456789ab";
  }

  private void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    budget.line(route, what, status, statements, ask);
  }
}
