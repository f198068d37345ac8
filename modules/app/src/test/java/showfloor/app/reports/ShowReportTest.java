package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;

class ShowReportTest {
  private static Running server;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aShowTellsWhatCameOfIt() {
    Company acme = Company.in(server);
    String show =
        acme.add("/api/trade-shows", "{\"name\": \"Lightfair\", \"startDate\": \"2026-03-01\"}");
    String elsewhere = acme.add("/api/trade-shows", "{\"name\": \"Elsewhere\"}");
    String barton = captured(acme, show, "Barton", "5");
    String corfield = captured(acme, show, "Corfield", "5");
    captured(acme, show, "Fenn", "null");
    captured(acme, elsewhere, "Garrow", "1");
    acme.add("/api/dealers/" + barton + "/notes", "{\"content\": \"Call\"}");
    acme.add("/api/todos", "{\"title\": \"Call\", \"dealerId\": \"%s\"}".formatted(barton));
    String done =
        acme.add("/api/todos", "{\"title\": \"Send\", \"dealerId\": \"%s\"}".formatted(corfield));
    acme.client().put("/api/todos/" + done, "{\"completed\": true}").expect(200);

    JsonNode report = acme.client().get("/api/reports/shows/" + show).expect(200).json();
    assertThat(report.at("/show/name").asText()).isEqualTo("Lightfair");
    assertThat(report.path("captures").asInt()).isEqualTo(3);
    assertThat(report.path("ratings").toString())
        .isEqualTo("[{\"rating\":5,\"_count\":2},{\"rating\":null,\"_count\":1}]");
    assertThat(report.path("followUp").toString())
        .isEqualTo(
            "{\"withTodos\":2,\"allDone\":1,\"withNotes\":1,\"withPhotos\":0,\"coverage\":0.667}");
    assertThat(report.at("/capturesByUser/0/firstName").asText()).isEqualTo("Jo");
    assertThat(report.at("/capturesByUser/0/captures").asInt()).isEqualTo(3);
    assertThat(
            report.path("capturesByHour").findValues("captures").stream()
                .mapToInt(JsonNode::asInt)
                .sum())
        .isEqualTo(3);
  }

  @Test
  void aShowWithoutCapturesIsNotFollowedUp() {
    Company acme = Company.in(server);
    String show = acme.add("/api/trade-shows", "{\"name\": \"Empty\"}");
    JsonNode report = acme.client().get("/api/reports/shows/" + show).expect(200).json();
    assertThat(report.at("/followUp/coverage").asDouble()).isZero();
    assertThat(report.path("capturesByHour")).isEmpty();
  }

  @Test
  void anothersShowAnswersAsOneThatDoesNotExist() {
    Company acme = Company.in(server);
    String show = acme.add("/api/trade-shows", "{\"name\": \"Lightfair\"}");
    Company other = Company.in(server);
    String foreign =
        other.client().get("/api/reports/shows/" + show, "X-Request-Id", "same").expect(404).text();
    String random =
        other
            .client()
            .get("/api/reports/shows/" + UUID.randomUUID(), "X-Request-Id", "same")
            .expect(404)
            .text();
    assertThat(foreign.replaceAll("/shows/[0-9a-f-]+", ""))
        .isEqualTo(random.replaceAll("/shows/[0-9a-f-]+", ""));
  }

  private static String captured(Company company, String show, String name, String rating) {
    String dealer = company.dealer(name);
    company
        .client()
        .put("/api/dealers/" + dealer + "/rating", "{\"rating\": %s}".formatted(rating))
        .expect(200);
    company.client().post("/api/trade-shows/" + show + "/dealers/" + dealer, "{}").expect(201);
    return dealer;
  }
}
