package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.app.reports.Company;

/// The timeline of a dealer with what all modules keep on one, which `dealers` alone never has.
class TimelineTest {
  private static Running server;
  private static Company acme;
  private static Company sam;
  private static String show;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
    acme = Company.in(server);
    sam = acme.member();
    show = acme.add("/api/trade-shows", "{\"name\": \"Lightfair\"}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatEachModuleKeepsStandsInItInOrder() {
    String dealer = acme.dealer("Lumina");
    newest(dealer, "created");
    acme.client().patch("/api/dealers/" + dealer, "{\"city\": \"Reno\"}").expect(200);
    newest(dealer, "changed");
    String photo = acme.file("photo", dealer).expect(201).json().path("id").asText();
    assertThat(newest(dealer, "photo").at("/photo/url").asText()).endsWith(photo);
    String note = acme.add("/api/dealers/" + dealer + "/notes", "{\"content\": \"Call\"}");
    assertThat(newest(dealer, "note").path("id").asText()).isEqualTo(note);
    String todo =
        acme.add("/api/todos", "{\"title\": \"Call\", \"dealerId\": \"%s\"}".formatted(dealer));
    assertThat(newest(dealer, "todo").at("/todo/id").asText()).isEqualTo(todo);
    sam.client().post("/api/trade-shows/" + show + "/dealers/" + dealer, "{}").expect(201);
    assertThat(newest(dealer, "show").at("/show/tradeShow/name").asText()).isEqualTo("Lightfair");
    consent(dealer);
    assertThat(newest(dealer, "consent").at("/consent/granted").asBoolean()).isTrue();
    String recording = acme.recording(dealer);
    assertThat(newest(dealer, "recording").at("/recording/id").asText()).isEqualTo(recording);
    acme.client().delete("/api/dealers/" + dealer + "/notes/" + note).expect(200);
    newest(dealer, "noteDeleted");

    List<JsonNode> whole = timeline(dealer, "");
    assertThat(texts(whole, "type"))
        .containsExactly(
            "noteDeleted", "recording", "consent", "show", "todo", "photo", "changed", "created");
    assertThat(texts(whole, "at").reversed()).isSorted();
    assertThat(paged(dealer, 1)).isEqualTo(whole);
    assertThat(paged(dealer, 3)).isEqualTo(whole);
    acme.client().delete("/api/dealers/" + dealer).expect(200);
    acme.client().get("/api/dealers/" + dealer + "/timeline").expect(404);
  }

  @Test
  void whoDidItStandsThereAndInWhichRequest() {
    String dealer = sam.dealer("Lumina");
    sam.file("photo", dealer).expect(201);
    sam.add("/api/todos", "{\"title\": \"Call\", \"dealerId\": \"%s\"}".formatted(dealer));
    sam.client().post("/api/trade-shows/" + show + "/dealers/" + dealer, "{}").expect(201);
    sam.add("/api/dealers/" + dealer + "/notes", "{\"content\": \"Call\"}");
    consent(dealer);
    sam.recording(dealer);
    List<JsonNode> whole = timeline(dealer, "");
    assertThat(whole).hasSize(7);
    for (JsonNode entry : whole) {
      Company by = entry.path("type").asText().equals("consent") ? acme : sam;
      assertThat(entry.path("actorId").asText()).as(entry.toString()).isEqualTo(idOf(by));
    }
    assertThat(texts(whole, "requestId")).doesNotContain("").doesNotHaveDuplicates();
  }

  /// All parts of a capture are of one moment, so that pages end between such.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aCaptureIsItsPartsEachOnce(int limit) {
    String capture =
        """
        {"id": "%1$s", "deviceId": "%1$s", "sequence": 1, "capturedAt": "%2$s", "showId": "%3$s",
         "dealer": {"companyName": "Met there"}, "note": "Call", "rating": 4}
        """
            .formatted(UUID.randomUUID(), Instant.now(), show);
    String dealer =
        acme.client().post("/api/captures", capture).expect(201).json().path("dealerId").asText();
    List<JsonNode> whole = timeline(dealer, "");
    assertThat(texts(whole, "type")).containsExactlyInAnyOrder("created", "note", "show");
    assertThat(paged(dealer, limit)).isEqualTo(whole);
  }

  private static void consent(String dealer) {
    acme.client()
        .put(
            "/api/dealers/" + dealer + "/consents/phone_contact",
            "{\"granted\": true, \"how\": \"form\"}")
        .expect(200);
  }

  private static String idOf(Company user) {
    return user.client().get("/api/auth/me").expect(200).json().at("/user/id").asText();
  }

  private static JsonNode newest(String dealer, String type) {
    JsonNode newest = timeline(dealer, "?limit=1").getFirst();
    assertThat(newest.path("type").asText()).isEqualTo(type);
    return newest;
  }

  private static List<JsonNode> timeline(String dealer, String query) {
    List<JsonNode> entries = new ArrayList<>();
    acme.client()
        .get("/api/dealers/" + dealer + "/timeline" + query)
        .expect(200)
        .json()
        .path("timeline")
        .forEach(entries::add);
    return entries;
  }

  /// The whole of it, so many at a time.
  private static List<JsonNode> paged(String dealer, int limit) {
    List<JsonNode> entries = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          acme.client()
              .get("/api/dealers/%s/timeline?limit=%d%s".formatted(dealer, limit, cursor))
              .expect(200)
              .json();
      assertThat(page.path("timeline")).hasSizeBetween(1, limit);
      page.path("timeline").forEach(entries::add);
      String next = page.at("/pagination/nextCursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return entries;
  }

  private static List<String> texts(List<JsonNode> entries, String member) {
    return entries.stream().map(entry -> entry.path(member).asText()).toList();
  }
}
