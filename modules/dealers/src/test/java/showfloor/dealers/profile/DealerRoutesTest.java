package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// One dealer over HTTP: what is accepted, changed, refused.
class DealerRoutesTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void testsRunInsideTheNamedModule() {
    assertThat(DealerRoutesTest.class.getModule().getName()).isEqualTo("showfloor.dealers");
  }

  @Test
  void everyTableKeepsThePromisesOfTenancy() {
    assertThat(SERVER.violations()).isEmpty();
  }

  @Test
  void aNewDealerIsAProspectWhoseTextIsTrimmed() {
    Reply reply =
        acme.post(
                "/api/dealers",
                """
                {"companyName": "  Lumina Lighting ", "email": " Ana@LUMINA.example ",
                 "city": "   ", "phone": "+1 (555) 010-4477"}
                """)
            .expect(201);
    JsonNode dealer = reply.json();
    assertThat(dealer.path("companyName").asText()).isEqualTo("Lumina Lighting");
    assertThat(dealer.path("email").asText()).isEqualTo("ana@lumina.example");
    assertThat(dealer.path("phone").asText()).isEqualTo("+1 (555) 010-4477");
    assertThat(dealer.path("city").isNull()).isTrue();
    assertThat(dealer.path("status").asText()).isEqualTo("Prospect");
    assertThat(dealer.path("rating").isNull()).isTrue();
    assertThat(dealer.path("version").asLong()).isEqualTo(1);
    assertThat(dealer.path("createdAt").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
        .isEqualTo(dealer.path("updatedAt").asText());
    assertThat(reply.header("Location")).hasValue("/api/dealers/" + dealer.path("id").asText());
    assertThat(reply.header("ETag")).hasValue("\"1\"");
  }

  @Test
  void aRepeatWithTheSameKeyAddsOneDealer() {
    String body = "{\"companyName\": \"Once\"}";
    Reply first = acme.post("/api/dealers", body, "Idempotency-Key", "k1").expect(201);
    Reply again = acme.post("/api/dealers", body, "Idempotency-Key", "k1").expect(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(total(acme)).isEqualTo(1);
    acme.post("/api/dealers", "{\"companyName\": \"Other\"}", "Idempotency-Key", "k1").expect(422);
    bolt.post("/api/dealers", "{\"companyName\": \"Mine\"}", "Idempotency-Key", "k1").expect(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"companyName\": null}",
        "{\"companyName\": \"  \"}",
        "{\"companyName\": 7}",
        "{\"companyName\": \"a\\u0000b\"}",
        "{\"companyName\": \"a\", \"email\": \"nope\"}",
        "{\"companyName\": \"a\", \"rating\": 0}",
        "{\"companyName\": \"a\", \"rating\": 6}",
        "{\"companyName\": \"a\", \"rating\": \"5\"}",
        "{\"companyName\": \"a\", \"rating\": 4.5}",
        "{\"companyName\": \"a\", \"phone\": [1]}",
        "{\"companyName\": \"a\", \"nickname\": \"b\"}",
        "{\"companyName\": \"a\", \"id\": \"00000000-0000-7000-8000-000000000000\"}",
        "{\"companyName\": \"a\", \"companyId\": \"00000000-0000-7000-8000-000000000000\"}",
        "[]",
        "{\"companyName\": \"a\",}",
      })
  void whatIsNoDealerIsRefused(String body) {
    acme.post("/api/dealers", body).expect(400);
    assertThat(total(acme)).isZero();
  }

  @Test
  void tooLongTextIsRefusedAndTheLongestIsKept() {
    String id = add(acme, "x".repeat(200)).path("id").asText();
    acme.put("/api/dealers/" + id, "{\"companyName\": \"%s\"}".formatted("x".repeat(201)))
        .expect(400);
    acme.put("/api/dealers/" + id, "{\"status\": \"%s\"}".formatted("é".repeat(100))).expect(200);
    acme.put("/api/dealers/" + id, "{\"zip\": \"%s\"}".formatted("1".repeat(21))).expect(400);
    acme.put("/api/dealers/" + id, "{\"notes\": \"%s\"}".formatted("n".repeat(10_000))).expect(200);
  }

  @Test
  void anAddressThatGrowsInLowerCaseIsMeasuredAsItIsKept() {
    String email = "İ".repeat(200) + "@example.com";
    acme.post("/api/dealers", "{\"companyName\": \"a\", \"email\": \"%s\"}".formatted(email))
        .expect(400);
  }

  @Test
  void everyFaultOfABodyIsReportedAtOnce() {
    JsonNode errors =
        acme.post("/api/dealers", "{\"email\": \"x\", \"rating\": 9, \"foo\": 1}")
            .expect(400)
            .json()
            .path("errors");
    assertThat(errors.findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/companyName", "/email", "/rating", "/foo");
  }

  @Test
  void aDealerIsReadWithAllThatClientsExpect() {
    String id = add(acme, "Lumina").path("id").asText();
    JsonNode dealer = acme.get("/api/dealers/" + id).expect(200).json();
    for (String name :
        List.of("photos", "voiceRecordings", "todos", "tradeShows", "quickActions")) {
      assertThat(dealer.path(name).isArray()).as(name).isTrue();
    }
    assertThat(dealer.path("dealerNotes")).isEmpty();
    assertThat(dealer.path("dealerNotesTruncated").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  void onlyTheMembersSentAreChangedAndNullClears(String method) {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    acme.put(
        path, "{\"phone\": \"1\", \"city\": \"Austin\", \"rating\": 4, \"status\": \"Active\"}");
    JsonNode changed =
        acme.sendJson(method, path, "{\"phone\": null, \"rating\": null, \"status\": null}")
            .expect(200)
            .json();
    assertThat(changed.path("phone").isNull()).isTrue();
    assertThat(changed.path("rating").isNull()).isTrue();
    assertThat(changed.path("city").asText()).isEqualTo("Austin");
    assertThat(changed.path("status").asText()).isEqualTo("Prospect");
    assertThat(changed.path("companyName").asText()).isEqualTo("Lumina");
    assertThat(changed.path("version").asLong()).isEqualTo(3);
    acme.sendJson(method, path, "{\"companyName\": null}").expect(400);
    acme.sendJson(method, path, "{\"companyName\": \" \"}").expect(400);
    acme.sendJson(method, path, "{\"unknown\": 1}").expect(400);
  }

  @Test
  void whatWasReadMayBeSentBackWhole() {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    acme.post(path + "/notes", "{\"content\": \"hello\"}").expect(201);
    String whole = acme.get(path).text();
    acme.put(path, whole).expect(200);
    acme.patch(path, whole).expect(200);
    acme.put(path + "/rating", whole.replace("\"rating\":null", "\"rating\":5")).expect(200);
    String listed = acme.get("/api/dealers?search=lumina").json().at("/dealers/0").toString();
    assertThat(listed).contains("\"match\"");
    JsonNode after = acme.put(path, listed).expect(200).json();
    assertThat(after.path("rating").asInt()).isEqualTo(5);
    assertThat(after.path("companyName").asText()).isEqualTo("Lumina");
  }

  @Test
  void aRatingIsFromOneToFiveOrTakenAway() {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText() + "/rating";
    assertThat(acme.put(path, "{\"rating\": 5}").expect(200).json().path("rating").asInt())
        .isEqualTo(5);
    for (String wrong : List.of("0", "6", "-1", "\"abc\"", "1.5", "99999999999", "true")) {
      acme.put(path, "{\"rating\": %s}".formatted(wrong)).expect(400);
    }
    assertThat(acme.put(path, "{\"rating\": null}").expect(200).json().path("rating").isNull())
        .isTrue();
    acme.put(path, "{\"rating\": 1}").expect(200);
    assertThat(acme.put(path, "{}").expect(200).json().path("rating").isNull()).isTrue();
  }

  @Test
  void aDeletedDealerIsGoneWithItsNotes() {
    String path = "/api/dealers/" + add(acme, "Lumina").path("id").asText();
    acme.post(path + "/notes", "{\"content\": \"hello\"}").expect(201);
    assertThat(acme.delete(path).expect(200).json().path("message").asText()).isNotEmpty();
    acme.get(path).expect(404);
    acme.delete(path).expect(404);
    assertThat(total(acme)).isZero();
  }

  @Test
  void withoutATokenNothingIsAnswered() {
    SERVER.client().get("/api/dealers").expect(401);
    SERVER.client().post("/api/dealers", "{\"companyName\": \"x\"}").expect(401);
  }

  private static JsonNode add(TestClient client, String name) {
    return client
        .post("/api/dealers", "{\"companyName\": \"%s\"}".formatted(name))
        .expect(201)
        .json();
  }

  private static long total(TestClient client) {
    return client.get("/api/dealers").expect(200).json().at("/pagination/total").asLong();
  }
}
