package showfloor.todos.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Two companies, and what to-dos name in other modules: whatever is foreign is not there, whatever
/// goes leaves the to-do.
class TodoTenancyTest {
  private static final TestServer SERVER = TodoServers.start();

  private final TestClient acme = TodoServers.newCompany(SERVER, "UTC");
  private final TestClient bolt = TodoServers.newCompany(SERVER, "UTC");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void everyTableKeepsThePromisesOfTenancy() {
    assertThat(SERVER.violations()).isEmpty();
  }

  @Test
  void aForeignIdIsAnsweredLikeOneThatNeverWas() {
    String mine = todo(acme, "");
    for (String path : List.of(mine, "/api/todos/" + UUID.randomUUID(), "/api/todos/nope")) {
      for (Reply reply :
          List.of(
              bolt.get(path),
              bolt.put(path, "{\"title\": \"x\"}"),
              bolt.put(path, "{\"title\": \"x\"}", "If-Match", "\"1\""),
              bolt.patch(path, "{\"completed\": true}"),
              bolt.delete(path),
              bolt.delete(path, "If-Match", "\"1\""))) {
        assertNotFound(reply);
      }
    }
    assertThat(acme.get(mine).json().path("version").asLong()).isEqualTo(1);
    assertThat(bolt.get("/api/todos").json()).isEmpty();
  }

  @Test
  void aForeignDealerOrUserIsAnsweredLikeOneThatNeverWas() {
    String mine = todo(acme, "");
    String listed = acme.get("/api/todos").text();
    for (String member : List.of("dealerId", "assigneeId")) {
      String foreign =
          member.equals("dealerId") ? dealer(bolt) : TodoServers.newUser(bolt).toString();
      for (String id : List.of(foreign, UUID.randomUUID().toString())) {
        String body = "{\"title\": \"x\", \"%s\": \"%s\"}".formatted(member, id);
        assertNotFound(acme.post("/api/todos", body));
        assertNotFound(acme.post("/api/todos", body, "Idempotency-Key", "k" + id));
        assertNotFound(acme.put(mine, body));
        assertNotFound(acme.put(mine, body, "If-Match", "\"1\""));
        assertNotFound(acme.patch(mine, body));
        assertThat(acme.get("/api/todos?%s=%s".formatted(member, id)).json()).isEmpty();
      }
    }
    assertThat(acme.get("/api/todos").text()).isEqualTo(listed);
    assertThat(SERVER.connectionsDestroyed()).isZero();
  }

  @Test
  void noBodyMovesATodoToAnotherCompanyOrId() {
    String mine = todo(acme, "");
    String theirs = todo(bolt, "");
    JsonNode read = bolt.get(theirs).json();
    for (String member : List.of("id", "companyId")) {
      String body = "{\"%s\": %s}".formatted(member, read.path(member));
      acme.put(mine, body).expect(400);
      acme.patch(mine, body).expect(400);
      acme.post("/api/todos", body).expect(400);
    }
  }

  @Test
  void aCursorIsOfNoUseToAnotherCompany() {
    for (int i = 0; i < 3; i++) {
      todo(acme, "");
      todo(bolt, "");
    }
    String cursor = acme.get("/api/todos?limit=1").json().at("/pagination/nextCursor").asText();
    String query = "?limit=1&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    acme.get("/api/todos" + query).expect(200);
    bolt.get("/api/todos" + query).expect(400);
  }

  @Test
  void aDeletedDealerLeavesItsTodosWhichAreThenOthersThanBefore() {
    String dealer = dealer(acme);
    String todo = todo(acme, dealer);
    String etag = acme.get(todo).header("ETag").orElseThrow();
    acme.delete("/api/dealers/" + dealer).expect(200);
    JsonNode after = acme.get(todo, "If-None-Match", etag).expect(200).json();
    assertThat(after.path("dealerId").isNull()).isTrue();
    assertThat(after.path("title").asText()).isEqualTo("Call");
    assertThat(after.path("version").asLong()).isEqualTo(2);
    acme.put(todo, "{\"title\": \"x\"}", "If-Match", etag).expect(412);
    assertThat(acme.get("/api/todos").json().at("/0/dealer").isNull()).isTrue();
  }

  @Test
  void aDeletedUserLeavesTheTodosToOthers() {
    UUID user = TodoServers.newUser(acme);
    String todo =
        acme.post("/api/todos", "{\"title\": \"x\", \"assigneeId\": \"%s\"}".formatted(user))
            .expect(201)
            .header("Location")
            .orElseThrow();
    TodoServers.run(acme, "delete from auth.users where id = '%s'".formatted(user));
    JsonNode after = acme.get(todo).expect(200).json();
    assertThat(after.path("assigneeId").isNull()).isTrue();
    assertThat(after.path("version").asLong()).isEqualTo(2);
  }

  /// Whoever comes first: no to-do is lost, none names a dealer that is gone, nothing waits for
  /// ever.
  @Test
  void dealersMayGoWhileTodosAboutThemAreWritten() throws Exception {
    for (int round = 0; round < 10; round++) {
      String dealer = dealer(acme);
      String old = todo(acme, dealer);
      String body = "{\"title\": \"x\", \"dealerId\": \"%s\"}".formatted(dealer);
      List<Integer> statuses = new CopyOnWriteArrayList<>();
      List<Thread> threads = new ArrayList<>();
      IntStream.range(0, 4)
          .forEach(
              i ->
                  threads.add(
                      Thread.ofVirtual()
                          .start(
                              () ->
                                  statuses.add(
                                      i % 2 == 0
                                          ? acme.post("/api/todos", body).status()
                                          : acme.put(old, body).status()))));
      Reply deleted = acme.delete("/api/dealers/" + dealer);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(deleted.status()).isIn(200, 409);
      assertThat(statuses).hasSize(4).isSubsetOf(200, 201, 404, 409);
      acme.get(old).expect(200);
    }
    assertThat(
            TodoServers.text(
                acme,
                """
                select count(*) from todos.todos t where t.dealer_id is not null and not exists (
                  select from dealers.dealers d where d.id = t.dealer_id)
                """))
        .isEqualTo("0");
  }

  @Test
  void aDealersViewHoldsATodoAsTheApiAnswersIt() throws Exception {
    String dealer = dealer(acme);
    String todo = todo(acme, dealer);
    acme.put(todo, "{\"completed\": true, \"dueDate\": \"2026-11-23\"}").expect(200);
    String item = "select item from dealers.todos_of where dealer_id = '%s'".formatted(dealer);
    assertThat(new JsonMapper().readTree(TodoServers.text(acme, item)))
        .isEqualTo(acme.get(todo).json());
    assertThat(TodoServers.text(bolt, item)).isEmpty();
    String published = "select count(*) from todos.published_todos where id = '%s'";
    String id = todo.substring(todo.lastIndexOf('/') + 1);
    assertThat(TodoServers.text(acme, published.formatted(id))).isEqualTo("1");
    assertThat(TodoServers.text(bolt, published.formatted(id))).isEqualTo("0");
  }

  @Test
  void aDealerIsAnsweredWithItsOpenTodosInTheirOrder() {
    String dealer = dealer(acme);
    String path = "/api/dealers/" + dealer;
    for (String day : List.of("\"2026-12-01\"", "null", "\"2026-11-23\"")) {
      acme.put(todo(acme, dealer), "{\"dueDate\": %s}".formatted(day)).expect(200);
    }
    todo(acme, "");
    Reply before = acme.get(path).expect(200);
    assertThat(before.json().path("todos").findValuesAsText("dueDate"))
        .containsExactly("2026-11-23", "2026-12-01", "null");
    JsonNode first = before.json().at("/todos/0");
    String todo = "/api/todos/" + first.path("id").asText();
    assertThat(first).isEqualTo(acme.get(todo).json());
    acme.put(todo, "{\"completed\": true}").expect(200);
    String etag = before.header("ETag").orElseThrow();
    Reply after = acme.get(path, "If-None-Match", etag).expect(200);
    assertThat(after.json().path("todos")).hasSize(2);
    assertThat(acme.get("/api/dealers").json().at("/dealers/0/_count/todos").asInt()).isEqualTo(3);
  }

  private static void assertNotFound(Reply reply) {
    JsonNode problem = reply.expect(404).json();
    assertThat(problem.path("code").asText()).isEqualTo("NOT_FOUND");
    assertThat(problem.path("detail").asText())
        .isEqualTo("There is nothing here, or it is not yours.");
    assertThat(problem.has("errors")).isFalse();
  }

  private static String todo(TestClient client, String dealer) {
    return client
        .post("/api/todos", "{\"title\": \"Call\", \"dealerId\": \"%s\"}".formatted(dealer))
        .expect(201)
        .header("Location")
        .orElseThrow();
  }

  private static String dealer(TestClient client) {
    return client
        .post("/api/dealers", "{\"companyName\": \"Lumina\"}")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }
}
