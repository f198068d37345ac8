package showfloor.todos.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// One to-do over HTTP: what is accepted, changed, refused.
class TodoRoutesTest {
  private static final TestServer SERVER = TodoServers.start();

  private final TestClient acme = TodoServers.newCompany(SERVER, "America/New_York");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aNewTodoIsOpenAndItsTextIsTrimmed() {
    UUID user = TodoServers.newUser(acme);
    Reply reply =
        acme.post(
                "/api/todos",
                """
                {"title": " Call Ana ", "description": " ", "dueDate": "2026-11-23",
                 "assigneeId": "%s"}
                """
                    .formatted(user))
            .expect(201);
    JsonNode todo = reply.json();
    assertThat(todo.path("title").asText()).isEqualTo("Call Ana");
    assertThat(todo.path("description").isNull()).isTrue();
    assertThat(todo.path("dueDate").asText()).isEqualTo("2026-11-23");
    assertThat(todo.path("assigneeId").asText()).isEqualTo(user.toString());
    assertThat(todo.path("dealerId").isNull()).isTrue();
    assertThat(todo.path("completed").asBoolean(true)).isFalse();
    assertThat(todo.path("completedAt").isNull()).isTrue();
    assertThat(todo.path("companyId").asText()).isEqualTo(TodoServers.companyOf(acme).toString());
    assertThat(todo.path("createdAt")).isEqualTo(todo.path("updatedAt"));
    assertThat(reply.header("Location")).hasValue("/api/todos/" + todo.path("id").asText());
    assertThat(reply.header("ETag")).hasValue("\"1\"");
    assertThat(acme.get("/api/todos/" + todo.path("id").asText()).json()).isEqualTo(todo);
  }

  @Test
  void aRepeatWithTheSameKeyAddsOneTodo() {
    String body = "{\"title\": \"Once\"}";
    Reply first = acme.post("/api/todos", body, "Idempotency-Key", "k1").expect(201);
    Reply again = acme.post("/api/todos", body, "Idempotency-Key", "k1").expect(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(acme.get("/api/todos").json()).hasSize(1);
    acme.post("/api/todos", "{\"title\": \"Other\"}", "Idempotency-Key", "k1").expect(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"title\": null}",
        "{\"title\": \"  \"}",
        "{\"title\": 7}",
        "{\"title\": \"a\\u0000b\"}",
        "{\"title\": \"a\", \"description\": 1}",
        "{\"title\": \"a\", \"completed\": \"true\"}",
        "{\"title\": \"a\", \"completed\": 1}",
        "{\"title\": \"a\", \"dueDate\": \"tomorrow\"}",
        "{\"title\": \"a\", \"dueDate\": \"2026-02-30\"}",
        "{\"title\": \"a\", \"dueDate\": \"2026-11-23T10:15:30\"}",
        "{\"title\": \"a\", \"dueDate\": \"0001-01-01\"}",
        "{\"title\": \"a\", \"dueDate\": \"9999-12-31T23:59:59Z\"}",
        "{\"title\": \"a\", \"dueDate\": 1700000000}",
        "{\"title\": \"a\", \"dealerId\": \"nope\"}",
        "{\"title\": \"a\", \"assigneeId\": 7}",
        "{\"title\": \"a\", \"priority\": \"high\"}",
        "{\"title\": \"a\", \"id\": \"00000000-0000-7000-8000-000000000000\"}",
        "{\"title\": \"a\", \"companyId\": \"00000000-0000-7000-8000-000000000000\"}",
        "[]",
      })
  void whatIsNoTodoIsRefused(String body) {
    acme.post("/api/todos", body).expect(400);
    assertThat(acme.get("/api/todos").json()).isEmpty();
  }

  @Test
  void everyFaultOfABodyIsReportedOnceAndAtOnce() {
    JsonNode errors =
        acme.post(
                "/api/todos",
                "{\"dueDate\": [], \"dealerId\": \"x\", \"assigneeId\": {}, \"foo\": 1}")
            .expect(400)
            .json()
            .path("errors");
    assertThat(errors.findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/title", "/dueDate", "/dealerId", "/assigneeId", "/foo");
  }

  @Test
  void tooLongTextIsRefusedAndTheLongestIsKept() {
    String todo = add("{\"title\": \"%s\"}".formatted("é".repeat(200)));
    acme.put(todo, "{\"title\": \"%s\"}".formatted("x".repeat(201))).expect(400);
    acme.put(todo, "{\"description\": \"%s\"}".formatted("x".repeat(2_000))).expect(200);
    acme.put(todo, "{\"description\": \"%s\"}".formatted("x".repeat(2_001))).expect(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  void onlyTheMembersSentAreChangedAndNullClears(String method) {
    String dealer = dealer();
    String todo =
        add(
            "{\"title\": \"a\", \"description\": \"b\", \"dueDate\": \"2026-11-23\","
                + " \"dealerId\": \"%s\", \"assigneeId\": \"%s\"}"
                    .formatted(dealer, TodoServers.newUser(acme)));
    JsonNode changed =
        acme.sendJson(
                method, todo, "{\"description\": null, \"dueDate\": null, \"assigneeId\": null}")
            .expect(200)
            .json();
    assertThat(changed.path("description").isNull()).isTrue();
    assertThat(changed.path("dueDate").isNull()).isTrue();
    assertThat(changed.path("assigneeId").isNull()).isTrue();
    assertThat(changed.path("title").asText()).isEqualTo("a");
    assertThat(changed.path("dealerId").asText()).isEqualTo(dealer);
    assertThat(changed.path("version").asLong()).isEqualTo(2);
    // What an empty field of a form sends.
    JsonNode blank =
        acme.sendJson(method, todo, "{\"dueDate\": \"\", \"dealerId\": \"\"}").expect(200).json();
    assertThat(blank.path("dealerId").isNull()).isTrue();
    acme.sendJson(method, todo, "{\"title\": null}").expect(400);
    acme.sendJson(method, todo, "{\"unknown\": 1}").expect(400);
  }

  @Test
  void completingTellsWhenAndReopeningForgetsIt() {
    String todo = add("{\"title\": \"a\"}");
    Instant before = Instant.now().minusMillis(1);
    JsonNode done = acme.put(todo, "{\"completed\": true}").expect(200).json();
    assertThat(Instant.parse(done.path("completedAt").asText()))
        .isBetween(before, Instant.now().plusMillis(1));
    JsonNode again = acme.put(todo, "{\"completed\": true, \"title\": \"b\"}").expect(200).json();
    assertThat(again.path("completedAt")).isEqualTo(done.path("completedAt"));
    JsonNode renamed = acme.put(todo, "{\"title\": \"c\"}").expect(200).json();
    assertThat(renamed.path("completedAt")).isEqualTo(done.path("completedAt"));
    JsonNode open = acme.patch(todo, "{\"completed\": false}").expect(200).json();
    assertThat(open.path("completed").asBoolean(true)).isFalse();
    assertThat(open.path("completedAt").isNull()).isTrue();
    // Nobody sets it by hand.
    String sent = "{\"completedAt\": \"2020-01-01T00:00:00.000Z\"}";
    assertThat(acme.put(todo, sent).expect(200).json().path("completedAt").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2026-11-23, 2026-11-23",
    "America/New_York, 2026-11-23T00:00:00.000Z, 2026-11-23",
    "America/New_York, 2026-11-23T05:00:00.000Z, 2026-11-23",
    "America/New_York, 2026-11-23T04:59:59.999Z, 2026-11-22",
    "America/New_York, 2026-11-23T00:00:00-05:00, 2026-11-23",
    "America/New_York, 2026-03-08T04:59:59Z, 2026-03-07",
    "America/New_York, 2026-03-09T03:59:59Z, 2026-03-08",
    "Pacific/Auckland, 2026-11-23T00:00:00.000Z, 2026-11-23",
    "Pacific/Auckland, 2026-11-22T11:00:00.000Z, 2026-11-23",
    "Pacific/Auckland, 2026-11-23T10:59:59.999Z, 2026-11-23",
    "UTC, 2026-11-23T23:59:59.999Z, 2026-11-23",
  })
  void aDayMayComeAsAMoment(String zone, String sent, String day) {
    TestClient company = TodoServers.newCompany(SERVER, zone);
    String body = "{\"title\": \"a\", \"dueDate\": \"%s\"}".formatted(sent);
    JsonNode todo = company.post("/api/todos", body).expect(201).json();
    assertThat(todo.path("dueDate").asText()).isEqualTo(day);
    String path = "/api/todos/" + todo.path("id").asText();
    company.put(path, "{\"dueDate\": null}").expect(200);
    assertThat(company.put(path, body).expect(200).json().path("dueDate").asText()).isEqualTo(day);
  }

  @Test
  void whatWasReadMayBeSentBackWhole() {
    String todo =
        add(
            "{\"title\": \"a\", \"dueDate\": \"2026-11-23\", \"dealerId\": \"%s\"}"
                .formatted(dealer()));
    JsonNode read = acme.get(todo).json();
    acme.put(todo, read.toString()).expect(200);
    String listed = acme.get("/api/todos").json().get(0).toString();
    assertThat(listed).contains("\"dealer\":{");
    JsonNode after = acme.patch(todo, listed).expect(200).json();
    for (String member : List.of("title", "dueDate", "dealerId", "completed", "createdAt")) {
      assertThat(after.path(member)).as(member).isEqualTo(read.path(member));
    }
  }

  @Test
  void anUnchangedTodoIsNotSentAgain() {
    String todo = add("{\"title\": \"a\"}");
    String etag = acme.get(todo).header("ETag").orElseThrow();
    acme.get(todo, "If-None-Match", etag).expect(304);
    acme.put(todo, "{\"completed\": true}").expect(200);
    acme.get(todo, "If-None-Match", etag).expect(200);
  }

  @Test
  void anOldVersionIsRefusedWithTheFieldsThatDiffer() {
    String todo = add("{\"title\": \"a\"}");
    acme.put(todo, "{\"title\": \"theirs\", \"dueDate\": \"2026-11-23\"}").expect(200);
    Reply stale =
        acme.put(
                todo,
                "{\"title\": \"mine\", \"dueDate\": \"2026-11-23\", \"completed\": true}",
                "If-Match",
                "\"1\"")
            .expect(412);
    assertThat(stale.header("ETag")).hasValue("\"2\"");
    assertThat(stale.json().path("current").toString())
        .isEqualTo("{\"title\":\"theirs\",\"completed\":false,\"version\":2}");
    assertThat(stale.json().path("yours").toString())
        .isEqualTo("{\"title\":\"mine\",\"completed\":true}");
    assertThat(acme.get(todo).json().path("title").asText()).isEqualTo("theirs");
    acme.delete(todo, "If-Match", "\"1\"").expect(412);
    acme.put(todo, "{}", "If-Match", "2").expect(400);
    acme.put(todo, "{\"title\": \"mine\"}", "If-Match", "\"2\"").expect(200);
    acme.delete(todo, "If-Match", "\"3\"").expect(200);
  }

  @Test
  void ofTwoWritersOfOneVersionOneIsRefused() throws Exception {
    String todo = add("{\"title\": \"a\"}");
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    List<Thread> writers =
        IntStream.range(0, 8)
            .mapToObj(i -> "{\"title\": \"t%d\"}".formatted(i))
            .map(
                body ->
                    Thread.ofVirtual()
                        .start(
                            () -> statuses.add(acme.put(todo, body, "If-Match", "\"1\"").status())))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(statuses).hasSize(8).containsOnlyOnce(200);
    assertThat(statuses.stream().filter(status -> status == 412)).hasSize(7);
  }

  @Test
  void aDeletedTodoIsGone() {
    String todo = add("{\"title\": \"a\"}");
    assertThat(acme.delete(todo).expect(200).json().path("message").asText()).isNotEmpty();
    acme.get(todo).expect(404);
    acme.delete(todo).expect(404);
    acme.put(todo, "{\"title\": \"b\"}").expect(404);
  }

  @Test
  void aMergePatchIsTakenUnderItsOwnName() {
    String todo = add("{\"title\": \"a\", \"description\": \"b\"}");
    JsonNode patched =
        acme.send(
                "PATCH",
                todo,
                BodyPublishers.ofString("{\"description\": null}"),
                "Content-Type",
                "application/merge-patch+json")
            .expect(200)
            .json();
    assertThat(patched.path("description").isNull()).isTrue();
  }

  @Test
  void withoutATokenNothingIsAnswered() {
    SERVER.client().get("/api/todos").expect(401);
    SERVER.client().post("/api/todos", "{\"title\": \"x\"}").expect(401);
  }

  private String add(String body) {
    return acme.post("/api/todos", body).expect(201).header("Location").orElseThrow();
  }

  private String dealer() {
    return acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }
}
