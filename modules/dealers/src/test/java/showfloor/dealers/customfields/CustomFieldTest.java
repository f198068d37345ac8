package showfloor.dealers.customfields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Fields that a company adds to its dealers, and their values.
class CustomFieldTest {
  private static final TestServer SERVER =
      TestServer.start(8, parts -> List.of(new DealersDomain(parts.database())));
  private static final String PATH = "/api/dealers/custom-fields";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void define() {
    for (String type : List.of("text", "number", "date", "boolean")) {
      define(acme, type, type, "");
    }
    define(acme, "size", "choice", ", \"options\": [\"S\", \"L\"]");
  }

  @Test
  void valuesGoInAndComeBackAsTheyWere() {
    String values =
        "{\"text\":\"Ünïcode \\\" \",\"number\":12.50,\"date\":\"2026-02-28\",\"boolean\":false,\"size\":\"L\"}";
    JsonNode made =
        acme.post(
                "/api/dealers", "{\"companyName\": \"A\", \"customFields\": %s}".formatted(values))
            .expect(201)
            .json();
    String dealer = "/api/dealers/" + made.path("id").asText();
    assertThat(made.at("/customFields/text").asText()).isEqualTo("Ünïcode \" ");
    assertThat(made.at("/customFields/number").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(acme.get(dealer).json().path("customFields")).isEqualTo(made.path("customFields"));
    assertThat(acme.get("/api/dealers").json().at("/dealers/0/customFields"))
        .isEqualTo(made.path("customFields"));
    JsonNode patched =
        acme.patch(dealer, "{\"customFields\": {\"text\": null, \"size\": \"S\"}}")
            .expect(200)
            .json();
    assertThat(patched.path("customFields").has("text")).isFalse();
    assertThat(patched.at("/customFields/size").asText()).isEqualTo("S");
    assertThat(patched.at("/customFields/date").asText()).isEqualTo("2026-02-28");
    acme.put(dealer, "{\"city\": \"x\"}").expect(200);
    acme.put(dealer, acme.get(dealer).json().toString()).expect(200);
    assertThat(acme.get(dealer).json().path("customFields"))
        .isEqualTo(patched.path("customFields"));
    assertThat(acme.get(dealer + "/timeline").json().toString()).contains("customFields.size");
    Reply stale =
        acme.put(dealer, "{\"customFields\": {\"size\": \"L\"}}", "If-Match", "\"1\"").expect(412);
    assertThat(stale.json().at("/current/customFields/size").asText()).isEqualTo("S");
    assertThat(stale.json().at("/yours/customFields/size").asText()).isEqualTo("L");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": 1}",
        "{\"number\": \"1\"}",
        "{\"number\": 1e1000000}",
        "{\"number\": 1e-50}",
        "{\"number\": 1234567890123456789012345678901}",
        "{\"date\": \"2026-02-30\"}",
        "{\"date\": \"2026-02-03T00:00:00Z\"}",
        "{\"boolean\": \"true\"}",
        "{\"size\": \"M\"}",
        "{\"size\": [\"S\"]}",
        "{\"text\": {}}",
        "{\"text\": \"\\u0000\"}",
        "{\"unknown\": \"x\"}",
        "{\"unknown\": null}",
        "[]",
        "7",
      })
  void aValueOfAnotherTypeIsRefused(String values) {
    String body = "{\"companyName\": \"A\", \"customFields\": %s}".formatted(values);
    acme.post("/api/dealers", body).expect(400);
    String longText = "{\"customFields\": {\"text\": \"%s\"}}".formatted("x".repeat(2_001));
    String dealer =
        acme.post("/api/dealers", "{\"companyName\": \"A\", \"customFields\": null}")
            .expect(201)
            .header("Location")
            .orElseThrow();
    acme.put(dealer, body).expect(400);
    acme.put(dealer, longText).expect(400);
    assertThat(acme.get(dealer).json().path("customFields")).isEmpty();
  }

  @Test
  void aDefinitionIsMadeChangedAndDeletedWithItsValues() {
    String field = define(acme, "tier", "choice", ", \"options\": [\"1\", \"2\"]");
    acme.post(PATH, "{\"key\": \"tier\", \"name\": \"x\", \"type\": \"text\"}").expect(409);
    String dealer =
        acme.post("/api/dealers", "{\"companyName\": \"A\", \"customFields\": {\"tier\": \"2\"}}")
            .expect(201)
            .header("Location")
            .orElseThrow();
    JsonNode changed =
        acme.patch(field, "{\"name\": \"Tier\", \"options\": [\"1\", \"3\"]}").expect(200).json();
    assertThat(changed.path("name").asText()).isEqualTo("Tier");
    acme.put(field, changed.toString(), "If-Match", "\"1\"").expect(412);
    acme.put(field, changed.toString()).expect(200);
    acme.put(dealer, "{\"customFields\": {\"tier\": \"2\"}}").expect(400);
    acme.put(dealer, "{\"customFields\": {\"tier\": \"3\"}}").expect(200);
    assertThat(acme.get(PATH).json().path("customFields")).hasSize(6);
    acme.delete(field).expect(200);
    assertThat(acme.get(dealer).json().path("customFields")).isEmpty();
    assertThat(acme.get(dealer + "/timeline").json().at("/timeline/0/fields").toString())
        .isEqualTo("[{\"old\":\"3\",\"field\":\"customFields.tier\"}]");
    acme.get(field).expect(404);
    acme.delete(field).expect(404);
  }

  @Test
  void aFieldThatIsBeingDeletedTakesNoValue() throws Exception {
    String field = define(acme, "gone", "text", "");
    UUID id = UUID.fromString(field.substring(field.lastIndexOf('/') + 1));
    String values = "{\"companyName\": \"A\", \"customFields\": {\"gone\": \"x\"}}";
    String dealer =
        acme.post("/api/dealers", "{\"companyName\": \"A\"}")
            .expect(201)
            .header("Location")
            .orElseThrow();
    List<Callable<Reply>> writes =
        List.of(
            () -> acme.post("/api/dealers", values),
            () -> acme.put(dealer, values),
            () -> acme.post("/api/dealers/bulk-import", "{\"dealers\": [%s]}".formatted(values)));
    SERVER.in(
        UUID.fromString(acme.token().substring(0, 36)),
        () ->
            SERVER
                .database()
                .inTransaction(
                    sql -> {
                      assertThat(FieldQueries.delete(sql, id, null)).isPresent();
                      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                        for (Future<Reply> reply : threads.invokeAll(writes)) {
                          assertThat(reply.get().expect(409).json().path("code").asText())
                              .isEqualTo("CONTENDED");
                        }
                      }
                      return true;
                    }));
    acme.put(dealer, values).expect(400);
    assertThat(acme.get("/api/dealers").json().findValues("gone")).isEmpty();
  }

  @Test
  void aCaptureHasThemAndItsRepeatIsNotJudgedAgain() {
    String field = define(acme, "met", "text", "");
    String first = capture(1, "{\"met\": \"x\", \"number\": 7}");
    JsonNode kept = acme.post("/api/captures", first).expect(201).json();
    assertThat(kept.at("/dealer/customFields/met").asText()).isEqualTo("x");
    acme.delete(field).expect(200);
    acme.post("/api/captures", first).expect(200);
    acme.post("/api/captures", capture(1, "{\"number\": 7}")).expect(422);
    for (String values : List.of("{\"met\": \"x\"}", "{\"number\": \"7\"}", "[]")) {
      Reply refused = acme.post("/api/captures", capture(2, values)).expect(400);
      assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/dealer/customFields");
    }
    JsonNode next = acme.post("/api/captures", capture(2, "{\"number\": null}")).expect(201).json();
    assertThat(next.at("/dealer/customFields")).isEmpty();
  }

  private String capture(int sequence, String values) {
    return """
        {"id": "%s", "deviceId": "d", "sequence": %d, "capturedAt": "%s",
         "dealer": {"companyName": "A", "customFields": %s}}
        """
        .formatted(new UUID(7, sequence), sequence, now, values);
  }

  @Test
  void whatIsNoDefinitionIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"key\": \"a b\", \"name\": \"x\", \"type\": \"text\"}",
            "{\"key\": \"a\", \"name\": \"x\", \"type\": \"money\"}",
            "{\"key\": \"a\", \"name\": \"x\", \"type\": \"choice\"}",
            "{\"key\": \"a\", \"name\": \"x\", \"type\": \"choice\", \"options\": [\"1\", \"1\"]}",
            "{\"key\": \"a\", \"name\": \"x\", \"type\": \"choice\", \"options\": [\"\"]}",
            "{\"key\": \"a\", \"name\": \"x\", \"type\": \"text\", \"options\": [\"1\"]}")) {
      acme.post(PATH, body).expect(400);
    }
    for (int i = 0; i < 45; i++) {
      define(acme, "f" + i, "text", "");
    }
    acme.post(PATH, "{\"key\": \"more\", \"name\": \"x\", \"type\": \"text\"}").expect(409);
  }

  @Test
  void anotherCompanysDefinitionIsNotThere() {
    String field = define(acme, "ours", "text", "");
    for (String path : List.of(field, PATH + "/" + UUID.randomUUID())) {
      bolt.get(path).expect(404);
      bolt.put(path, "{\"name\": \"x\"}").expect(404);
      bolt.patch(path, "{\"name\": \"x\"}", "If-Match", "\"1\"").expect(404);
      bolt.delete(path).expect(404);
    }
    assertThat(bolt.get(PATH).json().path("customFields")).isEmpty();
    bolt.post("/api/dealers", "{\"companyName\": \"A\", \"customFields\": {\"ours\": \"x\"}}")
        .expect(400);
  }

  private static String define(TestClient client, String key, String type, String more) {
    return client
        .post(
            PATH,
            "{\"key\": \"%s\", \"name\": \"%1$s\", \"type\": \"%s\"%s}".formatted(key, type, more))
        .expect(201)
        .header("Location")
        .orElseThrow();
  }
}
