package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
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
    captured(acme.member(), show, "Fenn", "null");
    captured(acme, elsewhere, "Garrow", "1");
    acme.add("/api/dealers/" + barton + "/notes", "{\"content\": \"Call\"}");
    acme.file("photo", corfield).expect(201);
    acme.recording(barton);
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
            "{\"withTodos\":2,\"allDone\":1,\"withNotes\":1,\"withPhotos\":1,\"coverage\":0.667}");
    JsonNode users = report.path("capturesByUser");
    assertThat(users.findValuesAsText("firstName")).containsExactly("Jo", "Sam");
    assertThat(users.findValuesAsText("captures")).containsExactly("2", "1");
    assertThat(
            report.path("capturesByHour").findValues("captures").stream()
                .mapToInt(JsonNode::asInt)
                .sum())
        .isEqualTo(3);
  }

  /// 05:30 and 06:30 UTC of the first Sunday of November are both half past one there. The last
  /// such night is taken: a capture is 400 days old at most.
  @Test
  void whenClocksGoBackTheSecondHourIsAnother() {
    Instant back = lastTimeBack("America/New_York");
    Instant first = back.minus(Duration.ofHours(1));
    assertThat(hours("America/New_York", first.minusMillis(1), minutes(first, 30)))
        .containsExactly(first.minus(Duration.ofHours(1)) + " 1", first + " 1");
    assertThat(hours("America/New_York", minutes(first, 30), minutes(back, 30), minutes(back, 31)))
        .containsExactly(first + " 1", back + " 2");
  }

  @Test
  void hoursBeginWhereTheCompanyIs() {
    Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(9));
    Instant[] met = {minutes(day, 29), minutes(day, 30), minutes(day, 31), minutes(day, 90)};
    assertThat(hours("UTC", met)).containsExactly(day + " 3", minutes(day, 60) + " 1");
    assertThat(hours("Asia/Kolkata", met))
        .containsExactly(
            minutes(day, -30) + " 1", minutes(day, 30) + " 2", minutes(day, 90) + " 1");
    assertThat(hours("Asia/Kathmandu", met))
        .containsExactly(minutes(day, 15) + " 3", minutes(day, 75) + " 1");
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

  private static Instant lastTimeBack(String zone) {
    ZoneRules rules = ZoneId.of(zone).getRules();
    ZoneOffsetTransition last = rules.previousTransition(Instant.now());
    return last.isOverlap()
        ? last.getInstant()
        : rules.previousTransition(last.getInstant()).getInstant();
  }

  private static Instant minutes(Instant from, long minutes) {
    return from.plus(Duration.ofMinutes(minutes));
  }

  /// The hours of a show and their captures, of a new company that met somebody at these moments.
  private static List<String> hours(String zone, Instant... met) {
    Company acme = Company.in(server);
    acme.zone(zone);
    String show = acme.add("/api/trade-shows", "{\"name\": \"Lightfair\"}");
    for (int i = 0; i < met.length; i++) {
      acme.add(
          "/api/captures",
          """
          {"id": "%s", "deviceId": "tablet", "sequence": %d, "capturedAt": "%s", "showId": "%s",
           "dealer": {"companyName": "Firm %2$d"}}
          """
              .formatted(UUID.randomUUID(), i + 1, met[i], show));
    }
    JsonNode report = acme.client().get("/api/reports/shows/" + show).expect(200).json();
    assertThat(report.path("timeZone").asText()).isEqualTo(zone);
    List<String> hours = new ArrayList<>();
    for (JsonNode hour : report.path("capturesByHour")) {
      hours.add(Instant.parse(hour.path("hour").asText()) + " " + hour.path("captures"));
    }
    return hours;
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
