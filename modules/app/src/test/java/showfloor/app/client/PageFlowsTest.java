package showfloor.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.app.client.Pages.reads;
import static showfloor.app.client.Pages.readsEach;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.app.Running;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.Reply;

/// The pages of a client that was written for the reference, each with the calls that it makes and
/// the members that it reads. Nothing here knows what the reference did not have.
class PageFlowsTest {
  private static final byte[] PHOTO =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
                  + "rkJggg==");
  private static final byte[] VOICE = voice();

  private final String email = "Page-%s@Example.com".formatted(UUID.randomUUID());
  private Running server;
  private Pages pages;

  @BeforeEach
  void theServerRuns() throws Exception {
    server = Running.start();
    pages = new Pages(server.client());
  }

  @AfterEach
  void noSessionIsLeft() {
    server.close();
    Observer.awaitNoSession();
  }

  @Test
  void registerPayAndComeBackRecognised() {
    JsonNode registered = register();
    reads(registered.path("user"), Pages.USER);
    Pages visitor = pages.as(registered.path("token").asText());
    assertThat(visitor.get("/subscriptions/status").path("hasSubscription").asBoolean(true))
        .isFalse();
    Reply wall = visitor.ask("/dealers").expect(403);
    assertThat(wall.json().path("code").asText()).isEqualTo("SUBSCRIPTION_REQUIRED");
    assertThat(wall.json().path("error").asText()).isNotBlank();

    visitor.ask("/reports/export/dealers").expect(200); // the data is theirs all the same
    visitor.ask("/reports/export/all").expect(200);

    JsonNode checkout =
        visitor.post("/subscriptions/create-checkout-session", "{\"plan\": \"annual\"}", 200);
    reads(checkout, Shape.of("sessionId:id", "url:text"));
    pay(visitor, checkout.path("sessionId").asText());
    JsonNode status = visitor.get("/subscriptions/status");
    assertThat(status.path("hasSubscription").asBoolean()).isTrue();
    assertThat(status.path("isActive").asBoolean()).isTrue();
    reads(status.path("subscription"), Pages.SUBSCRIPTION);
    assertThat(status.at("/subscription/status").asText()).isEqualTo("active");

    JsonNode login =
        pages.post(
            "/auth/login",
            "{\"email\": \"%s\", \"password\": \"correct horse battery\"}".formatted(email),
            200);
    reads(login.path("user"), Pages.USER);
    reads(login.path("subscription"), Shape.of("hasActiveSubscription:flag", "canCancel:flag"));
    assertThat(login.at("/subscription/hasActiveSubscription").asBoolean()).isTrue();
    JsonNode me = pages.as(login.path("token").asText()).get("/auth/me");
    reads(me.path("user"), Pages.USER);
    reads(me.at("/user/company"), Shape.of("id:id", "name:text"));
    assertThat(me.at("/subscription/hasActiveSubscription").asBoolean()).isTrue();
  }

  @Test
  void cancelAndPortal() {
    Pages user = paid();
    JsonNode canceled = user.post("/subscriptions/cancel", "{}", 200);
    reads(canceled, Shape.of("message:text", "currentPeriodEnd:moment"));
    JsonNode status = user.get("/subscriptions/status");
    assertThat(status.path("isActive").asBoolean()).as("until the period ends").isTrue();
    assertThat(status.at("/subscription/cancelAtPeriodEnd").asBoolean()).isTrue();
    reads(user.post("/subscriptions/create-portal-session", "{}", 200), Shape.of("url:text"));
  }

  @Test
  void theListOfDealers() {
    Pages user = paid();
    JsonNode added =
        user.post(
            "/dealers",
            """
            {"companyName": "Barton Lighting", "contactName": "Ann Field", "email": "Ann@Barton.test",
             "phone": "555 0100", "city": "Little Rock", "buyingGroup": "Lighting One"}
            """,
            201);
    reads(added, Pages.DEALER);
    assertThat(added.path("status").asText()).isEqualTo("Prospect");
    user.post("/dealers", "{\"companyName\": \"Zenith\", \"status\": \"Active\"}", 201);

    JsonNode list = user.get("/dealers?page=1&limit=50");
    readsEach(list.path("dealers"), Pages.DEALER);
    list.path("dealers").forEach(dealer -> reads(dealer.path("_count"), Pages.COUNTS));
    reads(list.path("pagination"), Pages.PAGINATION);
    assertThat(list.at("/dealers/0/companyName").asText()).as("newest first").isEqualTo("Zenith");
    for (String search : new String[] {"bart", "ann", "BARTON.TEST", "0100", "lighting one"}) {
      JsonNode found = user.get("/dealers?search=" + search.replace(" ", "%20"));
      assertThat(found.at("/dealers/0/companyName").asText()).isEqualTo("Barton Lighting");
    }
    assertThat(
            user.get("/dealers?status=All%20Statuses&buyingGroup=All%20Buying%20Groups")
                .path("dealers"))
        .hasSize(2);
    assertThat(user.get("/dealers?status=Active").path("dealers")).hasSize(1);
    assertThat(user.get("/dealers/buying-groups/list").toString()).isEqualTo("[\"Lighting One\"]");
    reads(user.delete("/dealers/" + added.path("id").asText()).json(), Shape.of("message:text"));
    assertThat(user.get("/dealers").path("dealers")).hasSize(1);
  }

  @Test
  void theCsvDialog() {
    Pages user = paid();
    user.post("/dealers", "{\"companyName\": \"Known\", \"email\": \"k@x.test\"}", 201);
    String rows =
        """
        {"dealers": [{"companyName": "known ", "email": "K@x.test"}, {"companyName": "New One"},
          {"companyName": "New Two", "phone": "1"}], "skipDuplicates": true}
        """;
    JsonNode check =
        user.post("/dealers/check-duplicates", rows.replaceAll(", \"skip.*true", ""), 200);
    reads(
        check,
        Shape.of(
            "total:count", "duplicates:count", "new:count", "duplicateList:list", "newList:list"));
    assertThat(check.path("duplicates").asInt()).isEqualTo(1);
    reads(
        check.at("/duplicateList/0"),
        Shape.of("companyName:text", "existingId:id", "existing:object"));
    reads(
        check.at("/duplicateList/0/existing"),
        Shape.of("id:id", "companyName:text", "email:text?", "phone:text?", "contactName:text?"));
    JsonNode done = user.post("/dealers/bulk-import", rows, 200);
    reads(
        done,
        Shape.of(
            "message:text",
            "count:count",
            "duplicates:count",
            "errors:count",
            "duplicateList:list",
            "errorList:list"));
    assertThat(done.path("count").asInt()).isEqualTo(2);
    assertThat(user.get("/dealers").at("/pagination/total").asInt()).isEqualTo(3);
  }

  @Test
  void captureALeadWithItsPhoto() {
    Pages user = paid();
    for (String word : new String[] {"barton", "lighting", "field"}) {
      assertThat(user.get("/dealers?search=" + word).path("dealers")).isEmpty();
    }
    String dealer = id(user.post("/dealers", "{\"companyName\": \"Barton\"}", 201));
    JsonNode photo =
        user.upload(
            "/uploads/photo/" + dealer, "photo", "card.png", "image/png", PHOTO, "type", "badge");
    reads(photo, Pages.PHOTO);
    assertThat(photo.path("type").asText()).isEqualTo("badge");
    assertThat(user.ask("/uploads/photo/" + id(photo)).expect(200).bytes()).isEqualTo(PHOTO);
    JsonNode recording =
        user.upload(
            "/uploads/recording/" + dealer,
            "recording",
            "voice.wav",
            "audio/wav",
            VOICE,
            "duration",
            "3");
    reads(recording, Pages.RECORDING);
    assertThat(user.ask("/uploads/recording/" + id(recording)).expect(200).bytes())
        .isEqualTo(VOICE);

    JsonNode detail = user.get("/dealers/" + dealer);
    readsEach(detail.path("photos"), Pages.PHOTO);
    readsEach(detail.path("voiceRecordings"), Pages.RECORDING);
    JsonNode counts = user.get("/dealers").at("/dealers/0/_count");
    assertThat(counts.path("photos").asInt()).isEqualTo(1);
    assertThat(counts.path("voiceRecordings").asInt()).isEqualTo(1);
    reads(user.delete("/uploads/photo/" + id(photo)).json(), Shape.of("message:text"));
    reads(user.delete("/uploads/recording/" + id(recording)).json(), Shape.of("message:text"));
    user.ask("/uploads/photo/" + id(photo)).expect(404);
    assertThat(user.get("/dealers/" + dealer).path("photos")).isEmpty();
  }

  @Test
  void thePageOfADealer() {
    Pages user = paid();
    JsonNode added = user.post("/dealers", "{\"companyName\": \"Barton\"}", 201);
    String dealer = "/dealers/" + id(added);
    // The page sends the whole row back with one field changed.
    JsonNode changed =
        user.put(dealer, added.toString().replace("\"city\":null", "\"city\":\"Reno\""));
    reads(changed, Pages.DEALER);
    assertThat(changed.path("city").asText()).isEqualTo("Reno");
    assertThat(user.put(dealer + "/rating", "{\"rating\": 4}").path("rating").asInt()).isEqualTo(4);
    assertThat(user.put(dealer + "/rating", "{\"rating\": null}").path("rating").isNull()).isTrue();
    reads(user.post(dealer + "/notes", "{\"content\": \"Call back\"}", 201), Pages.NOTE);
    String show = id(user.post("/trade-shows", "{\"name\": \"Lightfair\"}", 201));
    user.post("/trade-shows/" + show + dealer, "{}", 201);
    user.post("/todos", "{\"title\": \"Call\", \"dealerId\": \"%s\"}".formatted(id(added)), 201);

    JsonNode detail = user.get(dealer);
    reads(detail, Pages.DEALER);
    readsEach(detail.path("dealerNotes"), Pages.NOTE);
    readsEach(detail.path("todos"), Pages.TASK);
    readsEach(detail.path("tradeShows"), Shape.of("tradeShow:object"));
    reads(detail.at("/tradeShows/0/tradeShow"), Pages.SHOW);
    assertThat(detail.path("quickActions").isArray()).isTrue();
  }

  @Test
  void tradeShows() {
    Pages user = paid();
    String dealer = id(user.post("/dealers", "{\"companyName\": \"Barton\"}", 201));
    JsonNode added =
        user.post(
            "/trade-shows",
            """
            {"name": "Lightfair 2026", "location": "Las Vegas", "startDate": "2026-03-01",
             "endDate": "2026-03-04", "description": "Hall B"}
            """,
            201);
    reads(added, Pages.SHOW);
    String show = "/trade-shows/" + id(added);
    user.post(
        "/trade-shows",
        "{\"name\": \"By moments\", \"startDate\": \"2026-05-01T00:00:00.000Z\"}",
        201);
    user.post(show + "/dealers/" + dealer, "{}", 201);
    user.post(show + "/dealers/" + dealer, "{}", 400);
    // A form sends what was left empty as empty text.
    String form =
        """
        {"name": "Planned", "location": "", "startDate": "%s", "endDate": "", "description": ""}
        """;
    JsonNode planned = user.post("/trade-shows", form.formatted("2026-01-01"), 201);
    String cleared = form.formatted("");
    assertThat(user.put("/trade-shows/" + id(planned), cleared).path("startDate").isNull())
        .isTrue();
    user.delete("/trade-shows/" + id(planned));

    JsonNode list = user.get("/trade-shows");
    readsEach(list, Pages.SHOW);
    assertThat(list.at("/0/name").asText())
        .as("by start date, the latest first")
        .isEqualTo("By moments");
    assertThat(list.at("/1/_count/dealers").asInt()).isEqualTo(1);
    JsonNode detail = user.get(show);
    readsEach(detail.path("dealers"), Shape.of("dealer:object"));
    reads(detail.at("/dealers/0/dealer"), Pages.DEALER);
    reads(user.put(show, "{\"location\": \"Reno\"}"), Pages.SHOW);
    Reply export = user.ask(show + "/export").expect(200);
    assertThat(export.header("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(export.header("Content-Disposition").orElseThrow())
        .contains("trade-show-lightfair-2026-");
    assertThat(export.text()).startsWith("Company Name,").contains("Photo Count", "\"Barton\"");
  }

  @Test
  void todos() {
    Pages user = paid();
    String dealer = id(user.post("/dealers", "{\"companyName\": \"Barton\"}", 201));
    JsonNode added =
        user.post(
            "/todos",
            """
            {"title": "Send catalogue", "description": "the big one", "dueDate": "2026-12-01",
             "dealerId": "%s"}
            """
                .formatted(dealer),
            201);
    reads(added, Pages.TASK);
    user.post("/todos", "{\"title\": \"Earlier\", \"dueDate\": \"2026-11-01T00:00:00.000Z\"}", 201);
    JsonNode list = user.get("/todos");
    readsEach(list, Pages.TASK);
    assertThat(list.at("/0/title").asText()).as("by due date").isEqualTo("Earlier");
    reads(list.at("/1/dealer"), Shape.of("id:id", "companyName:text", "contactName:text?"));
    JsonNode done = user.put("/todos/" + id(added), "{\"completed\": true}");
    assertThat(done.path("completed").asBoolean()).isTrue();
    assertThat(user.get("/todos?completed=true")).hasSize(1);
    assertThat(user.get("/todos?completed=false")).hasSize(1);
    assertThat(user.get("/todos?dealerId=" + dealer)).hasSize(1);
    assertThat(user.get("/todos?completed=&dealerId=")).as("filters left open").hasSize(2);
    reads(user.delete("/todos/" + id(added)).json(), Shape.of("message:text"));
  }

  @Test
  void theDashboardAndTheExports() {
    Pages user = paid();
    String dealer = id(user.post("/dealers", "{\"companyName\": \"Barton\"}", 201));
    user.put("/dealers/" + dealer + "/rating", "{\"rating\": 5}");
    user.post("/todos", "{\"title\": \"Call\"}", 201);
    JsonNode dashboard = user.get("/reports/dashboard");
    reads(
        dashboard,
        Shape.of(
            "totalDealers:count",
            "totalNotes:count",
            "totalPhotos:count",
            "totalRecordings:count",
            "activeTodos:count",
            "dealersByStatus:list",
            "dealersByRating:list"));
    assertThat(dashboard.path("totalDealers").asInt()).isEqualTo(1);
    assertThat(dashboard.path("activeTodos").asInt()).isEqualTo(1);
    reads(dashboard.at("/dealersByStatus/0"), Shape.of("status:text", "_count:count"));
    reads(dashboard.at("/dealersByRating/0"), Shape.of("rating:count?", "_count:count"));
    Reply export = user.ask("/reports/export/dealers").expect(200);
    assertThat(export.header("Content-Disposition").orElseThrow()).contains("dealers-export.csv");
    assertThat(export.text())
        .startsWith(
            "Company Name,Contact Name,Email,Phone,City,State,Zip,Country,Address,Buying Group,"
                + "Status,Rating,Created At");
  }

  @Test
  void aRefusedFormSaysWhatToChangeInOneText() {
    JsonNode refused =
        pages.post("/auth/register", "{\"email\": \"a@b.test\", \"password\": \"short\"}", 400);
    assertThat(refused.path("error").asText())
        .contains("password has fewer than", "firstName is required.", "companyName is required.");
  }

  private JsonNode register() {
    return pages.post(
        "/auth/register",
        """
        {"email": "%s", "password": "correct horse battery", "firstName": "Ann",
         "lastName": "Field", "companyName": "Acme Exhibits"}
        """
            .formatted(email),
        201);
  }

  private Pages paid() {
    Pages user = pages.as(register().path("token").asText());
    JsonNode checkout =
        user.post("/subscriptions/create-checkout-session", "{\"plan\": \"monthly\"}", 200);
    pay(user, checkout.path("sessionId").asText());
    return user;
  }

  /// What the person does on the provider's page.
  private static void pay(Pages user, String session) {
    Payments.complete(user.client(), session).expect(200);
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }

  /// A second of silence as a browser's recorder might send it.
  private static byte[] voice() {
    java.nio.ByteBuffer wav =
        java.nio.ByteBuffer.allocate(44 + 8_000).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36 + 8_000);
    wav.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(8_000);
    wav.putShort((short) 1).putShort((short) 8);
    wav.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(8_000);
    return wav.array();
  }
}
