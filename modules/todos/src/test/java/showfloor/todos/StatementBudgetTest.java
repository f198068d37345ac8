package showfloor.todos;

import static org.assertj.core.api.Assertions.assertThat;

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
import showfloor.todos.tasks.TodoServers;

/// How many statements each route costs.
class StatementBudgetTest {
  private static final TestServer SERVER = TodoServers.start();

  private static final String LIST = "GET /api/todos";
  private static final String ADD = "POST /api/todos";
  private static final String ONE = " /api/todos/{id}";
  private static final String TITLE = "{\"title\": \"Call\"}";
  private static final String DONE = "{\"completed\": true, \"dueDate\": \"2026-11-23T05:00:00Z\"}";
  private static final String[] STALE = {"If-Match", "\"1\""};

  private final TestClient acme = TodoServers.newCompany(SERVER, "America/New_York");
  private final StatementBudget budget = new StatementBudget();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void eachRouteKeepsItsBudget() {
    lists();
    todos();
    assertThat(budget.faults(SERVER)).filteredOn(fault -> fault.contains("/api/todos")).isEmpty();
  }

  @Test
  void whatIsOneStatementIsOneTrip() {
    String todo = todo();
    List<Supplier<Reply>> asks =
        List.of(
            () -> acme.get("/api/todos"),
            () -> acme.get(todo),
            () -> acme.put(todo, DONE),
            () -> acme.patch(todo, DONE),
            () -> acme.delete(todo));
    for (Supplier<Reply> ask : asks) {
      assertThat(SERVER.roundTripsOf(() -> ask.get().expect(200))).isEqualTo(1);
    }
  }

  private void lists() {
    for (int i = 0; i < 5; i++) {
      todo();
    }
    String next = acme.get("/api/todos?limit=2").json().at("/pagination/nextCursor").asText();
    String cursor = "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    get(LIST, "all", 1, "/api/todos");
    get(LIST, "filters", 1, "/api/todos?completed=false&due=overdue");
    get(LIST, "all on one page", 1, "/api/todos?limit=200");
    get(LIST, "the first page", 2, "/api/todos?limit=2");
    get(LIST, "page 2", 2, "/api/todos?limit=2&page=2");
    get(LIST, "behind the last page", 2, "/api/todos?limit=2&page=9");
    get(LIST, "a cursor", 2, "/api/todos?limit=2" + cursor);
  }

  private void todos() {
    String todo = todo();
    acme.put(todo, DONE).expect(200);
    String[] key = {"Idempotency-Key", "b1"};
    String about = "{\"title\": \"x\", \"dealerId\": \"01a2b3c4-0000-7000-8000-00000000beef\"}";
    line(ADD, "", 201, 1, () -> acme.post("/api/todos", TITLE));
    line(ADD, "no such dealer", 404, 1, () -> acme.post("/api/todos", about));
    line(ADD, "fresh key", 201, 3, () -> acme.post("/api/todos", TITLE, key));
    line(ADD, "replayed", 201, 1, () -> acme.post("/api/todos", TITLE, key));
    get("GET" + ONE, "", 1, todo);
    line("GET" + ONE, "unchanged", 304, 1, () -> acme.get(todo, "If-None-Match", "\"2\""));
    line("GET" + ONE, "missing", 404, 1, () -> acme.get(todo.replace('7', '8')));
    for (String method : List.of("PUT", "PATCH")) {
      line(method + ONE, "stale", 412, 2, () -> acme.sendJson(method, todo, DONE, STALE));
      line(method + ONE, "", 200, 1, () -> acme.sendJson(method, todo, DONE));
      line(method + ONE, "no such dealer", 404, 1, () -> acme.sendJson(method, todo, about));
    }
    line("DELETE" + ONE, "stale", 412, 2, () -> acme.delete(todo, STALE));
    line("DELETE" + ONE, "", 200, 1, () -> acme.delete(todo));
    line("DELETE" + ONE, "missing", 404, 1, () -> acme.delete(todo));
  }

  private void get(String route, String what, long statements, String path) {
    line(route, what, 200, statements, () -> acme.get(path));
  }

  private void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    budget.line(route, what, status, statements, ask);
  }

  private String todo() {
    return acme.post("/api/todos", TITLE).expect(201).header("Location").orElseThrow();
  }
}
