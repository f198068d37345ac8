package showfloor.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// How many statements each route costs. A file of n pieces: one to begin, n to store, one to keep;
/// one to find and n to read. What is refused half way is discarded with one.
class StatementBudgetTest {
  private static final TestServer SERVER = Calls.server();
  private static final int PIECE = 256 << 10;

  private final TestClient acme = SERVER.newCompany();
  private final String dealer = Calls.dealer(acme);
  private final StatementBudget budget = new StatementBudget();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    files("photo", Calls.jpeg(2 * PIECE, 1));
    files("recording", Calls.webm(2 * PIECE));
    links();
    assertThat(budget.faults(SERVER)).filteredOn(fault -> fault.contains("/uploads/")).isEmpty();
  }

  private void files(String kind, byte[] bytes) {
    String path = "/api/uploads/%s/{id}".formatted(kind);
    String to = path.replace("{id}", dealer);
    byte[] form = Calls.form(Calls.file(kind, "a", bytes));
    byte[] small = Calls.form(Calls.file(kind, "a", java.util.Arrays.copyOf(bytes, 9_000)));
    byte[] wrong = Calls.form(Calls.file(kind, "a", new byte[9_000]));
    byte[] cut = Calls.form(Calls.file(kind, "a", bytes), Calls.file(kind, "b", bytes));
    String file = location(Calls.send(acme, to, form));
    String key = kind + "1";
    line("POST " + path, "1 piece", 201, 3, () -> Calls.send(acme, to, small));
    line("POST " + path, "2 pieces", 201, 4, () -> Calls.send(acme, to, form));
    line("POST " + path, "fresh key", 201, 6, () -> keyed(to, form, key));
    line("POST " + path, "replayed", 201, 5, () -> keyed(to, form, key));
    line("POST " + path, "wrong type", 415, 0, () -> Calls.send(acme, to, wrong));
    line("POST " + path, "refused half way", 400, 4, () -> Calls.send(acme, to, cut));
    line("POST " + path, "no dealer", 404, 2, () -> Calls.send(acme, file, small));
    line("GET " + path, "2 pieces", 200, 3, () -> acme.get(file));
    line("GET " + path, "head", 200, 1, () -> acme.head(file));
    line("GET " + path, "range", 206, 2, () -> acme.get(file, "Range", "bytes=0-9"));
    line("DELETE " + path, "stale", 412, 1, () -> acme.delete(file, "If-Match", "\"1\""));
    line("DELETE " + path, "", 200, 1, () -> acme.delete(file));
    line("DELETE " + path, "missing", 404, 1, () -> acme.delete(file));
  }

  private void links() {
    String photo = Calls.photo(acme, dealer, Calls.jpeg(9_000, 1));
    String make = photo.replace("photo/", "") + "/url";
    String url = acme.post(make, "{}").expect(200).json().path("url").asText();
    String thumbnail = "GET /api/uploads/photo/{id}";
    line(
        thumbnail,
        "none can be made: find, read, keep",
        200,
        4,
        () -> acme.get(photo + "?size=128"));
    line(thumbnail, "none, known", 200, 2, () -> acme.get(photo + "?size=128"));
    line("POST /api/uploads/{id}/url", "", 200, 1, () -> acme.post(make, "{}"));
    String follow = "GET /api/uploads/links/{token}";
    line(follow, "1 piece", 200, 2, () -> SERVER.client().get(url));
    line(follow, "wrong", 404, 0, () -> SERVER.client().get(url + "x"));
  }

  private void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    budget.line(route, what, status, statements, ask);
  }

  private Reply keyed(String path, byte[] form, String key) {
    return Calls.send(acme, path, form, "Idempotency-Key", key);
  }

  private static String location(Reply reply) {
    return reply.expect(201).header("Location").orElseThrow();
  }
}
