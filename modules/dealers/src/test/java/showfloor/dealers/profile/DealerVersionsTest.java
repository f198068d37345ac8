package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// One dealer, several clients: versions, other companies, the cost of each route.
class DealerVersionsTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void anUnchangedDealerIsNotSentAgain() {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    String etag = acme.get(path).header("ETag").orElseThrow();
    acme.get(path, "If-None-Match", etag).expect(304);
    acme.put(path, "{\"city\": \"Austin\"}").expect(200);
    Reply changed = acme.get(path, "If-None-Match", etag).expect(200);
    acme.post(path + "/notes", "{\"content\": \"hello\"}").expect(201);
    acme.get(path, "If-None-Match", changed.header("ETag").orElseThrow()).expect(200);
  }

  @Test
  void anOldVersionIsRefusedWithTheFieldsThatDiffer() {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    acme.put(path, "{\"phone\": \"1\", \"city\": \"Austin\"}", "If-Match", "\"1\"").expect(200);
    Reply stale =
        acme.put(
                path,
                "{\"phone\": \"2\", \"city\": \"Austin\", \"zip\": \"9\"}",
                "If-Match",
                "\"1\"")
            .expect(412);
    assertThat(stale.header("ETag")).hasValue("\"2\"");
    assertThat(stale.json().path("code").asText()).isEqualTo("PRECONDITION_FAILED");
    assertThat(stale.json().path("current").toString())
        .isEqualTo("{\"phone\":\"1\",\"zip\":null,\"version\":2}");
    assertThat(stale.json().path("yours").toString()).isEqualTo("{\"phone\":\"2\",\"zip\":\"9\"}");
    assertThat(acme.get(path).json().path("phone").asText()).isEqualTo("1");
    acme.put(path + "/rating", "{\"rating\": 3}", "If-Match", "\"1\"").expect(412);
    assertThat(acme.delete(path, "If-Match", "\"1\"").expect(412).header("ETag")).hasValue("\"2\"");
    acme.put(path, "{}", "If-Match", "2").expect(400);
    acme.put(path, "{\"phone\": \"2\"}", "If-Match", "\"2\"").expect(200);
    acme.delete(path, "If-Match", "\"3\"").expect(200);
  }

  @Test
  void ofTwoWritersOfOneVersionOneIsRefused() throws Exception {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    List<Integer> statuses = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Thread> writers =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () ->
                                statuses.add(
                                    acme.put(
                                            path,
                                            "{\"city\": \"C%d\"}".formatted(i),
                                            "If-Match",
                                            "\"1\"")
                                        .status())))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(statuses).hasSize(8).containsOnlyOnce(200);
    assertThat(statuses.stream().filter(s -> s == 412)).hasSize(7);
  }

  @Test
  void aForeignIdIsAnsweredLikeOneThatNeverWas() {
    String mine = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    for (String path : List.of(mine, "/api/dealers/" + UUID.randomUUID(), "/api/dealers/nope")) {
      for (Reply reply :
          List.of(
              bolt.get(path),
              bolt.put(path, "{\"city\": \"x\"}"),
              bolt.put(path, "{\"city\": \"x\"}", "If-Match", "\"1\""),
              bolt.patch(path, "{\"city\": \"x\"}"),
              bolt.put(path + "/rating", "{\"rating\": 1}"),
              bolt.post(path + "/notes", "{\"content\": \"x\"}"),
              bolt.delete(path),
              bolt.delete(path, "If-Match", "\"1\""))) {
        JsonNode problem = reply.expect(404).json();
        assertThat(problem.path("code").asText()).isEqualTo("NOT_FOUND");
        assertThat(problem.path("detail").asText())
            .isEqualTo("There is nothing here, or it is not yours.");
      }
    }
    assertThat(acme.get(mine).json().path("version").asLong()).isEqualTo(1);
  }

  @Test
  void noBodyMovesADealerToAnotherCompanyOrId() {
    JsonNode mine = add(acme, "Lumina");
    JsonNode theirs = add(bolt, "Theirs");
    String path = "/api/dealers/" + mine.path("id").asText();
    for (String member : List.of("id", "companyId")) {
      String body = "{\"%s\": %s}".formatted(member, theirs.path(member));
      acme.put(path, body).expect(400);
      acme.patch(path, body).expect(400);
      acme.put(path + "/rating", body).expect(400);
    }
    assertThat(acme.get(path).json().path("companyId")).isEqualTo(mine.path("companyId"));
  }

  private static JsonNode add(TestClient client, String name) {
    return client
        .post("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name))
        .expect(201)
        .json();
  }

  @Test
  void aMergePatchIsTakenUnderItsOwnNameAsDescribed() {
    JsonNode dealer = add(acme, "Lumina");
    String path = "/api/dealers/" + dealer.path("id").asText();
    String note =
        acme.post(path + "/notes", "{\"content\": \"x\"}").header("Location").orElseThrow();
    for (String patched : List.of(path, note)) {
      String body = patched.equals(path) ? "{\"city\": \"Austin\"}" : "{\"content\": \"y\"}";
      acme.send(
              "PATCH",
              patched,
              BodyPublishers.ofString(body),
              "Content-Type",
              "application/merge-patch+json")
          .expect(200);
    }
    JsonNode paths = acme.get("/openapi").expect(200).json().path("paths");
    for (String described : List.of("/api/dealers/{id}", "/api/dealers/{id}/notes/{noteId}")) {
      assertThat(
              paths
                  .path(described)
                  .at("/patch/requestBody/content")
                  .has("application/merge-patch+json"))
          .isTrue();
    }
  }
}
