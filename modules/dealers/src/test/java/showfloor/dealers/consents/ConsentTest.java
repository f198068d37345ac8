package showfloor.dealers.consents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Consents over HTTP, and that none of them is lost.
class ConsentTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
  private static final String YES = "{\"granted\": true, \"how\": \"form\"}";
  private static final String NO = "{\"granted\": false, \"how\": \"verbal\"}";

  private final TestClient acme = SERVER.newCompany();
  private final String dealer =
      acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}")
          .expect(201)
          .header("Location")
          .orElseThrow();
  private final String marketing = dealer + "/consents/marketing_emails";

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void whatWasSaidFirstIsKeptBehindWhatIsSaidNow() {
    acme.put(
            marketing,
            "{\"granted\": true, \"how\": \"form\", \"evidence\": \"page 3\", \"givenAt\": \"2026-01-02T03:04:05Z\"}")
        .expect(200);
    JsonNode now = acme.put(marketing, NO).expect(200).json();
    assertThat(now.path("version").asInt()).isEqualTo(2);
    JsonNode all = acme.get(dealer + "/consents").expect(200).json();
    assertThat(all.path("consents")).hasSize(1);
    assertThat(all.at("/consents/0/granted").asBoolean()).isFalse();
    assertThat(all.path("history")).hasSize(2);
    assertThat(all.at("/history/1/consent/evidence").asText()).isEqualTo("page 3");
    assertThat(all.at("/history/1/consent/givenAt").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
    assertThat(all.at("/history/0/actorId").asText()).isEqualTo(acme.token().substring(37));
    assertThat(acme.get(dealer).json().at("/consents/0/kind").asText())
        .isEqualTo("marketing_emails");
    acme.put(marketing, now.toString()).expect(200);
  }

  @Test
  void aRepeatIsNotRecordedAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(acme.put(marketing, YES).expect(200).json().path("version").asInt()).isEqualTo(1);
    }
    String exact =
        "{\"granted\": true, \"how\": \"form\", \"givenAt\": \"2026-01-02T03:04:05.123456Z\"}";
    JsonNode answer = acme.put(marketing, exact).expect(200).json();
    acme.put(marketing, answer.toString()).expect(200);
    assertThat(acme.get(dealer + "/consents").json().path("history")).hasSize(2);
  }

  @Test
  void anOldVersionIsRefused() {
    acme.put(marketing, YES).expect(200);
    Reply stale = acme.put(marketing, NO, "If-Match", "\"7\"").expect(412);
    assertThat(stale.json().at("/current/granted").asBoolean()).isTrue();
    assertThat(stale.json().at("/yours/granted").asBoolean()).isFalse();
    acme.put(marketing, NO, "If-Match", "\"1\"").expect(200);
  }

  @Test
  void whatIsNoConsentIsRefused() {
    for (String body :
        List.of(
            "{}",
            "{\"granted\": true}",
            "{\"granted\": 1, \"how\": \"form\"}",
            "{\"granted\": true, \"how\": \"guess\"}",
            "{\"granted\": true, \"how\": \"form\", \"givenAt\": \"2126-01-02T03:04:05Z\"}",
            "{\"granted\": true, \"how\": \"form\", \"x\": 1}")) {
      acme.put(marketing, body).expect(400);
    }
    acme.put(dealer + "/consents/anything", YES).expect(404);
    assertThat(acme.get(dealer + "/consents").json().path("history")).isEmpty();
  }

  @Test
  void anotherCompanysDealerIsNotThere() {
    TestClient bolt = SERVER.newCompany();
    acme.put(marketing, YES).expect(200);
    for (String path : List.of(dealer, "/api/dealers/" + UUID.randomUUID())) {
      bolt.get(path + "/consents").expect(404);
      bolt.put(path + "/consents/marketing_emails", NO).expect(404);
      bolt.put(path + "/consents/marketing_emails", NO, "If-Match", "\"1\"").expect(404);
    }
    assertThat(acme.get(dealer + "/consents").json().path("history")).hasSize(1);
  }

  @Test
  void ofManyAtOnceEachIsKept() throws Exception {
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String body = "{\"granted\": true, \"how\": \"form\", \"evidence\": \"%d\"}".formatted(i);
      calls.add(() -> acme.put(marketing, body));
    }
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        done += reply.get().status() == 200 ? 1 : 0;
      }
    }
    JsonNode all = acme.get(dealer + "/consents").json();
    assertThat(all.path("history")).hasSize(done);
    assertThat(all.at("/consents/0/version").asInt()).isEqualTo(done);
    assertThat(all.at("/consents/0/evidence")).isEqualTo(all.at("/history/0/consent/evidence"));
  }
}
