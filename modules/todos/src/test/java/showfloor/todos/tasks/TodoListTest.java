package showfloor.todos.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Lists of to-dos: their order, filters and pages.
class TodoListTest {
  private static final TestServer SERVER = TodoServers.start();

  private final TestClient acme = TodoServers.newCompany(SERVER, "UTC");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void openOnesComeFirstThenByDayAndThoseWithoutADayLast() {
    add("done early", "2026-01-01", true);
    add("no day", "", false);
    add("late", "2026-03-01", false);
    add("done without a day", "", true);
    add("early", "2026-02-01", false);
    add("early too", "2026-02-01", false);
    assertThat(titles("/api/todos"))
        .containsExactly(
            "early", "early too", "late", "no day", "done early", "done without a day");
    assertThat(titles("/api/todos?completed=true"))
        .containsExactly("done early", "done without a day");
    assertThat(titles("/api/todos?completed=false"))
        .containsExactly("early", "early too", "late", "no day");
    assertThat(titles("/api/todos?completed=")).hasSize(6);
  }

  @Test
  void aRowNamesTheDealerAsHeIsNow() {
    String dealer =
        acme.post("/api/dealers", "{\"companyName\": \"Lumina\", \"contactName\": \"Ana\"}")
            .expect(201)
            .json()
            .path("id")
            .asText();
    acme.post("/api/todos", "{\"title\": \"a\", \"dealerId\": \"%s\"}".formatted(dealer))
        .expect(201);
    add("b", "", false);
    acme.put("/api/dealers/" + dealer, "{\"companyName\": \"Lumina Ltd\"}").expect(200);
    JsonNode rows = acme.get("/api/todos").expect(200).json();
    assertThat(rows.at("/0/dealer").toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"companyName\":\"Lumina Ltd\",\"contactName\":\"Ana\"}"
                .formatted(dealer));
    assertThat(rows.at("/1/dealer").isNull()).isTrue();
    assertThat(titles("/api/todos?dealerId=" + dealer)).containsExactly("a");
  }

  @Test
  void aListMayBeOfOneUser() {
    String user = TodoServers.newUser(acme).toString();
    acme.post("/api/todos", "{\"title\": \"a\", \"assigneeId\": \"%s\"}".formatted(user))
        .expect(201);
    add("b", "", false);
    assertThat(titles("/api/todos?assigneeId=" + user)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 200})
  void pagesByCursorAreTheWholeList(int limit) {
    for (int i = 0; i < 24; i++) {
      String day = i % 4 == 3 ? "" : "2026-02-0" + (1 + i % 4);
      add("t" + i, day, i % 3 == 0);
    }
    List<String> all = titles("/api/todos");
    assertThat(all).hasSize(24).doesNotHaveDuplicates();
    assertThat(walk("?limit=" + limit)).isEqualTo(all);
    assertThat(walk("?completed=true&limit=" + limit))
        .isEqualTo(titles("/api/todos?completed=true"));
    List<String> byPage = new ArrayList<>();
    for (int page = 1; byPage.size() < 24; page++) {
      byPage.addAll(titles("/api/todos?limit=%d&page=%d".formatted(limit, page)));
    }
    assertThat(byPage).isEqualTo(all);
  }

  @Test
  void aPageTellsHowManyThereAre() {
    for (int i = 0; i < 5; i++) {
      add("t" + i, "", false);
    }
    for (String query : List.of("?limit=2", "?limit=2&page=3", "?page=1", "?limit=2&page=9")) {
      JsonNode pagination = acme.get("/api/todos" + query).expect(200).json().path("pagination");
      assertThat(pagination.path("total").asLong()).as(query).isEqualTo(5);
      assertThat(pagination.has("totalIsLowerBound")).isFalse();
    }
  }

  @Test
  void whatIsAddedMeanwhileShiftsNoPage() {
    add("b", "2026-02-02", false);
    add("c", "2026-02-03", false);
    JsonNode first = acme.get("/api/todos?limit=1").expect(200).json();
    add("a", "2026-02-01", false);
    assertThat(titles("/api/todos?limit=1" + next(first))).containsExactly("c");
  }

  /// The most that an array holds, and one more.
  @Test
  void anArrayHoldsFiveThousandAndNamesTheCursorBeyond() {
    many(5_000);
    assertThat(acme.get("/api/todos").expect(200).json()).hasSize(5_000);
    add("one more", "", false);
    JsonNode problem = acme.get("/api/todos").expect(400).json();
    assertThat(problem.path("detail").asText()).contains("limit=200").contains("cursor");
    assertThat(acme.get("/api/todos?completed=true").expect(200).json()).isEmpty();
    assertThat(walk("?limit=200")).hasSize(5_001);
    many(5_001);
    JsonNode page = acme.get("/api/todos?limit=200").expect(200).json();
    assertThat(page.at("/pagination/total").asLong()).isEqualTo(10_002);
    JsonNode second = acme.get("/api/todos?limit=200" + next(page)).expect(200).json();
    assertThat(second.at("/pagination/total").asLong()).isEqualTo(10_000);
    assertThat(second.at("/pagination/totalIsLowerBound").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "completed=yes",
        "completed=1",
        "due=yesterday",
        "due=overdue&completed=true",
        "dealerId=nope",
        "assigneeId=nope",
        "limit=0",
        "limit=201",
        "limit=abc",
        "limit=",
        "page=0",
        "page=1&cursor=x",
        "cursor=x",
        "due=today&due=today",
      })
  void aBadParameterIsRefusedByName(String query) {
    JsonNode problem = acme.get("/api/todos?" + query).expect(400).json();
    assertThat(problem.path("error").asText()).isNotEmpty();
  }

  @Test
  void aCursorOfOtherFiltersIsRefused() {
    add("a", "", false);
    add("b", "", false);
    String cursor = next(acme.get("/api/todos?limit=1").json());
    acme.get("/api/todos?limit=1&completed=false" + cursor).expect(400);
    acme.get("/api/todos?limit=1&due=none" + cursor).expect(400);
    acme.get("/api/todos?limit=2" + cursor).expect(200);
  }

  private void add(String title, String day, boolean completed) {
    acme.post(
            "/api/todos",
            "{\"title\": \"%s\", \"dueDate\": \"%s\", \"completed\": %s}"
                .formatted(title, day, completed))
        .expect(201);
  }

  private void many(int count) {
    TodoServers.run(
        acme,
        """
        insert into todos.todos (company_id, id, title, created_at, updated_at)
        select '%s', gen_random_uuid(), 't' || i, now(), now() from generate_series(1, %d) i
        """
            .formatted(TodoServers.companyOf(acme), count));
  }

  private List<String> titles(String path) {
    return acme.get(path).expect(200).json().findValuesAsText("title");
  }

  private List<String> walk(String query) {
    List<String> titles = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = acme.get("/api/todos" + query + cursor).expect(200).json();
      titles.addAll(page.path("todos").findValuesAsText("title"));
      cursor = next(page);
    } while (!cursor.isEmpty());
    return titles;
  }

  private static String next(JsonNode page) {
    String cursor = page.at("/pagination/nextCursor").asText();
    return cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}
