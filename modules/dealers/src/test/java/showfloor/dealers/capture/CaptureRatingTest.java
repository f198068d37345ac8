package showfloor.dealers.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.Owner;
import showfloor.httpapi.Json;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Of all ratings of a dealer the one given last counts: captured or by hand, whenever it arrives.
class CaptureRatingTest {
  private static final TestServer SERVER = Booth.server();

  private final Instant now = Instant.now();
  private final TestClient acme = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          PUT   | /rating | {"rating": 3}                 | 3
          PUT   | /rating | {"rating": null}              | 0
          PUT   | ~~      | {"city": "Reno", "rating": 3} | 3
          PATCH | ~~      | {"rating": 3}                 | 3
          PATCH | ~~      | {"rating": 5}                 | 5
          """)
  void whatWasSetByHandStaysWhenAnOlderCaptureArrives(
      String method, String path, String body, int rating) {
    String dealer = add("");
    rate("d", 1, dealer, now.minusSeconds(7200), 5);
    acme.sendJson(method, "/api/dealers/" + dealer + path, body).expect(200);
    rate("d", 2, dealer, now.minusSeconds(3600), 1);
    assertThat(rating(dealer)).isEqualTo(rating);
  }

  @Test
  void whatADealerCameWithStaysWhenAnOlderCaptureArrives() {
    String added = add(", \"rating\": 3");
    rate("d", 1, added, now.minusSeconds(3600), 1);
    assertThat(rating(added)).isEqualTo(3);
    importCsv("Imported,4");
    String imported = acme.get("/api/dealers?search=imported").json().at("/dealers/0/id").asText();
    rate("d", 2, imported, now.minusSeconds(3600), 1);
    assertThat(rating(imported)).isEqualTo(4);
  }

  @Test
  void whatAnImportChangedStaysWhenAnOlderCaptureArrives() {
    String dealer = add("");
    rate("d", 1, dealer, now.minusSeconds(7200), 5);
    importCsv("Bolt,2");
    assertThat(rating(dealer)).isEqualTo(2);
    rate("d", 2, dealer, now.minusSeconds(3600), 1);
    assertThat(rating(dealer)).isEqualTo(2);
  }

  @Test
  void aCaptureThatIsNewerThanWhatWasSetByHandRates() {
    String dealer = add(", \"rating\": 3");
    rate("d", 1, dealer, Instant.now(), 1);
    assertThat(rating(dealer)).isEqualTo(1);
  }

  @Test
  void whoeverSaysNothingOfTheRatingGivesNone() {
    String dealer = add("");
    acme.put("/api/dealers/" + dealer + "/rating", "{}").expect(200);
    rate("d", 1, dealer, now.minusSeconds(7200), 2);
    acme.patch("/api/dealers/" + dealer, "{\"city\": \"Reno\"}").expect(200);
    rate("d", 2, dealer, now.minusSeconds(3600), 4);
    assertThat(rating(dealer)).isEqualTo(4);
  }

  @Test
  void aNewDealerIsRatedAsOfItsCapture() {
    Instant met = now.minusSeconds(7200);
    String dealer = capture("d", 1, "\"dealer\": {\"companyName\": \"Lumina\"}", met, 5);
    rate("e", 1, dealer, met.minusSeconds(60), 1);
    assertThat(rating(dealer)).isEqualTo(5);
    rate("e", 2, dealer, met.plusSeconds(60), 2);
    assertThat(rating(dealer)).isEqualTo(2);
  }

  /// Of two that its clock dates ahead the numbers tell which is the newer.
  @Test
  void aClockThatIsAheadCountsNoLongerThanToTheArrival() {
    String dealer = add("");
    Instant ahead = now.plus(Duration.ofHours(20));
    rate("ahead", 2, dealer, ahead, 5);
    rate("ahead", 1, dealer, ahead.minusSeconds(60), 4);
    assertThat(rating(dealer)).isEqualTo(5);
    rate("right", 1, dealer, Instant.now(), 4);
    assertThat(rating(dealer)).isEqualTo(4);
    rate("ahead", 3, dealer, ahead, 5);
    acme.put("/api/dealers/" + dealer + "/rating", "{\"rating\": 3}").expect(200);
    assertThat(rating(dealer)).isEqualTo(3);
    rate("right", 2, dealer, Instant.now(), 2);
    assertThat(rating(dealer)).isEqualTo(2);
    // Set right, the device need not wait for the time that it showed.
    rate("ahead", 4, dealer, Instant.now(), 1);
    assertThat(rating(dealer)).isEqualTo(1);
  }

  /// A server of the version before, which is still there while it is replaced, tells no time.
  @Test
  void aRatingWithoutATimeIsReplaced() {
    String dealer = add(", \"rating\": 3");
    Owner.inCompany(Booth.company(acme).toString(), "UPDATE dealers.dealers SET rated_at = NULL");
    rate("d", 1, dealer, now.minusSeconds(60), 1);
    assertThat(rating(dealer)).isEqualTo(1);
  }

  private void rate(String device, int sequence, String dealer, Instant at, int rating) {
    capture(device, sequence, "\"dealerId\": \"%s\"".formatted(dealer), at, rating);
  }

  /// The dealer's id.
  private String capture(String device, int sequence, String dealer, Instant at, int rating) {
    return acme.post(
            "/api/captures",
            """
            {"id": "%s", "deviceId": "%s", "sequence": %d, "capturedAt": "%s", %s, "rating": %d}
            """
                .formatted(UuidV7.next(), device, sequence, Json.instant(at), dealer, rating))
        .expect(201)
        .json()
        .path("dealerId")
        .asText();
  }

  private String add(String more) {
    return acme.post("/api/dealers", "{\"companyName\": \"Bolt\"%s}".formatted(more))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  private void importCsv(String line) {
    acme.send(
            "POST",
            "/api/dealers/import?mode=update",
            BodyPublishers.ofString("Company Name,Rating\n" + line + "\n"),
            "Content-Type",
            "text/csv")
        .expect(200);
  }

  private int rating(String dealer) {
    return acme.get("/api/dealers/" + dealer).expect(200).json().path("rating").asInt();
  }
}
