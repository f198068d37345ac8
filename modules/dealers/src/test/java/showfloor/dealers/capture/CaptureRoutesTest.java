package showfloor.dealers.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Json;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// One capture over HTTP, and what may go wrong with it.
class CaptureRoutesTest {
  private static final TestServer SERVER = Booth.server();
  private static final byte[] PHOTO = "a badge".getBytes(StandardCharsets.UTF_8);
  private static final String PATH = "/api/captures";

  private final Instant now = Instant.now();
  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aCaptureMakesADealerWithNoteRatingShowAndPhotoAtOnce() {
    UUID show = Booth.addShow(SERVER, acme);
    UUID id = UuidV7.next();
    String capture =
        capture(
            id,
            1,
            "\"dealer\": {\"companyName\": \"Lumina\", \"city\": \"Austin\"}, \"showId\": \"%s\","
                    .formatted(show)
                + " \"note\": \"Wants samples\", \"rating\": 4");
    Reply reply = Form.post(acme, capture, PHOTO).expect(201);
    JsonNode kept = reply.json();
    String dealer = "/api/dealers/" + kept.path("dealerId").asText();
    assertThat(reply.header("Location")).hasValue(dealer);
    assertThat(kept.path("id").asText()).isEqualTo(id.toString());
    assertThat(kept.at("/photo/dealerId").asText()).isEqualTo(kept.path("dealerId").asText());
    assertThat(kept.at("/device/highWaterMark").asInt()).isEqualTo(1);
    assertThat(kept.at("/device/gaps")).isEmpty();
    JsonNode read = acme.get(dealer).expect(200).json();
    assertThat(read.path("companyName").asText()).isEqualTo("Lumina");
    assertThat(read.path("rating").asInt()).isEqualTo(4);
    assertThat(read.at("/dealerNotes/0/content").asText()).isEqualTo("Wants samples");
    assertThat(kept.at("/dealer/version")).isEqualTo(read.path("version"));
    assertThat(kept()).isEqualTo(new Booth.Kept(1, 1, 1, 1, 1));
    Reply again = Form.post(acme, capture, PHOTO).expect(200);
    assertThat(again.json().path("dealerId")).isEqualTo(kept.path("dealerId"));
    assertThat(again.json().path("receivedAt")).isEqualTo(kept.path("receivedAt"));
    assertThat(kept()).isEqualTo(new Booth.Kept(1, 1, 1, 1, 1));
  }

  @Test
  void aCaptureOfADealerThatIsThereAddsToIt() {
    String dealer = dealer(acme);
    String body = capture(UuidV7.next(), 1, existing(dealer) + ", \"note\": \"n\", \"rating\": 5");
    JsonNode kept = acme.post(PATH, body).expect(201).json();
    assertThat(kept.path("dealerId").asText()).isEqualTo(dealer);
    assertThat(kept.at("/dealer/rating").asInt()).isEqualTo(5);
    assertThat(kept.at("/dealer/companyName").asText()).isEqualTo("Bolt");
    assertThat(kept()).isEqualTo(new Booth.Kept(1, 1, 1, 0, 0));
  }

  @Test
  void theSameIdWithOtherContentIsRefusedAndChangesNothing() {
    UUID id = UuidV7.next();
    acme.post(PATH, capture(id, 1, fresh("A"))).expect(201);
    for (String other : List.of(fresh("B"), fresh("A") + ", \"note\": \"x\"")) {
      Reply refused = acme.post(PATH, capture(id, 1, other)).expect(422);
      assertThat(refused.json().path("code").asText()).isEqualTo("CAPTURE_ID_REUSED");
    }
    acme.post(PATH, capture(id, 2, fresh("A"))).expect(422);
    // A photo that comes later would be lost without a word.
    Form.post(acme, capture(id, 1, fresh("A")), PHOTO).expect(422);
    acme.post(PATH, capture(id, 1, fresh("A"))).expect(200);
    assertThat(kept()).isEqualTo(new Booth.Kept(1, 0, 1, 0, 0));
  }

  @Test
  void anotherUserOfTheDeviceMayRepeatACapture() {
    String body = capture(UuidV7.next(), 1, fresh("A"));
    acme.post(PATH, body).expect(201);
    TestClient colleague = SERVER.client().withToken(Booth.company(acme) + "." + UuidV7.next());
    colleague.post(PATH, body).expect(200);
    assertThat(kept().dealers()).isEqualTo(1);
  }

  @Test
  void aDeviceIsToldItsHighestNumberAndEachGap() {
    for (int sequence : new int[] {3, 4, 9, 5}) {
      acme.post(PATH, capture(UuidV7.next(), sequence, fresh("D"))).expect(201);
    }
    JsonNode device = acme.post(PATH, capture(UuidV7.next(), 7, fresh("D"))).json().path("device");
    assertThat(device.path("highWaterMark").asInt()).isEqualTo(9);
    assertThat(device.path("missing").asInt()).isEqualTo(4);
    assertThat(device.path("gaps").toString())
        .isEqualTo("[{\"from\":1,\"to\":2},{\"from\":6,\"to\":6},{\"from\":8,\"to\":8}]");
    assertThat(device.path("gapsTruncated").asBoolean()).isFalse();
  }

  @Test
  void gapsAreToldUpToAHundred() {
    for (int i = 1; i <= 101; i++) {
      acme.post(PATH, capture(UuidV7.next(), 2 * i, fresh("D"))).expect(201);
    }
    String last = capture(UuidV7.next(), Capture.SEQUENCE_MAX, fresh("D"));
    JsonNode device = acme.post(PATH, last).expect(201).json().path("device");
    assertThat(device.path("gaps")).hasSize(100);
    assertThat(device.path("gapsTruncated").asBoolean()).isTrue();
    assertThat(device.path("missing").asLong()).isEqualTo(Capture.SEQUENCE_MAX - 102L);
  }

  @Test
  void aNumberThatAnotherCaptureHasIsRefusedWithWhatTheDeviceNeeds() {
    acme.post(PATH, capture(UuidV7.next(), 1, fresh("A"))).expect(201);
    UUID id = UuidV7.next();
    JsonNode refused = acme.post(PATH, capture(id, 1, fresh("B"))).expect(409).json();
    assertThat(refused.path("code").asText()).isEqualTo("SEQUENCE_TAKEN");
    assertThat(refused.at("/device/highWaterMark").asInt()).isEqualTo(1);
    assertThat(kept().dealers()).isEqualTo(1);
    acme.post(PATH, capture(id, 2, fresh("B"))).expect(201);
    assertThat(kept()).isEqualTo(new Booth.Kept(2, 0, 2, 0, 0));
  }

  @Test
  void anOlderRatingThatArrivesLateDoesNotReplaceANewerOne() {
    String dealer = dealer(acme);
    acme.post(PATH, captureAt(1, now, existing(dealer) + ", \"rating\": 2")).expect(201);
    acme.post(PATH, captureAt(2, now.minusSeconds(60), existing(dealer) + ", \"rating\": 5"))
        .expect(201);
    assertThat(acme.get("/api/dealers/" + dealer).json().path("rating").asInt()).isEqualTo(2);
    acme.post(PATH, captureAt(3, now.plusSeconds(60), existing(dealer) + ", \"rating\": 3"))
        .expect(201);
    assertThat(acme.get("/api/dealers/" + dealer).json().path("rating").asInt()).isEqualTo(3);
  }

  @Test
  void aRepeatDoesNotBringBackADealerThatWasDeleted() {
    String body = capture(UuidV7.next(), 1, fresh("Gone") + ", \"note\": \"n\"");
    String dealer = acme.post(PATH, body).expect(201).json().path("dealerId").asText();
    acme.delete("/api/dealers/" + dealer).expect(200);
    JsonNode again = acme.post(PATH, body).expect(200).json();
    assertThat(again.path("dealerId").asText()).isEqualTo(dealer);
    assertThat(again.has("dealer")).isFalse();
    assertThat(kept()).isEqualTo(new Booth.Kept(0, 0, 1, 0, 0));
  }

  @Test
  void aClockThatIsTwoHoursWrongIsTakenAndOneThatWasNeverSetIsNot() {
    for (Duration skew : List.of(Duration.ofHours(2), Duration.ofHours(-2))) {
      Instant device = now.plus(skew);
      String body = captureAt(skew.isNegative() ? 1 : 2, device, fresh("A"));
      JsonNode kept = acme.post(PATH, body).expect(201).json();
      assertThat(kept.path("capturedAt").asText()).isEqualTo(Json.instant(device));
      assertThat(Instant.parse(kept.path("receivedAt").asText()))
          .isBetween(now.minusSeconds(60), now.plusSeconds(60));
    }
    for (Instant absurd :
        List.of(
            Instant.EPOCH,
            now.plus(Capture.AHEAD_MAX).plusSeconds(60),
            now.minus(Capture.LATE_MAX))) {
      Reply refused = acme.post(PATH, captureAt(3, absurd, fresh("A"))).expect(400);
      assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/capturedAt");
    }
  }

  @Test
  void whatIsOfAnotherCompanyIsNotThere() {
    String foreignDealer = dealer(bolt);
    UUID foreignShow = Booth.addShow(SERVER, bolt);
    List<String> bodies =
        List.of(
            existing(foreignDealer),
            existing(UUID.randomUUID().toString()),
            fresh("A") + ", \"showId\": \"%s\"".formatted(foreignShow),
            fresh("A") + ", \"showId\": \"%s\"".formatted(UUID.randomUUID()));
    String first = null;
    for (String body : bodies) {
      String refused =
          acme.post(PATH, capture(UuidV7.next(), 1, body), "X-Request-Id", "r").expect(404).text();
      assertThat(refused).isEqualTo(first == null ? refused : first);
      first = refused;
    }
    assertThat(kept()).isEqualTo(new Booth.Kept(0, 0, 0, 0, 0));
    // Ids and numbers of one company are none of another.
    UUID id = UuidV7.next();
    acme.post(PATH, capture(id, 1, fresh("A"))).expect(201);
    JsonNode own = bolt.post(PATH, capture(id, 5, fresh("B"))).expect(201).json();
    assertThat(own.at("/device/missing").asInt()).isEqualTo(4);
  }

  @Test
  void whatIsRefusedLeavesNeitherDealerNorNumber() {
    UUID show = UUID.randomUUID();
    String body = fresh("A") + ", \"note\": \"n\", \"showId\": \"%s\"".formatted(show);
    Form.post(acme, capture(UuidV7.next(), 1, body), PHOTO).expect(404);
    assertThat(kept()).isEqualTo(new Booth.Kept(0, 0, 0, 0, 0));
    JsonNode device = acme.post(PATH, capture(UuidV7.next(), 2, fresh("A"))).json().path("device");
    assertThat(device.path("missing").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsNoCaptureIsRefusedByName() {
    String id = "\"id\": \"%s\"".formatted(UuidV7.next());
    String device = "\"deviceId\": \"d\", \"sequence\": 1";
    String at = "\"capturedAt\": \"%s\"".formatted(Json.instant(Instant.now()));
    refused("{%s, %s, %s}".formatted(device, at, fresh("A")), "/id");
    refused("{\"id\": \"1-1-1-1-1\", %s, %s, %s}".formatted(device, at, fresh("A")), "/id");
    refused("{%s, \"sequence\": 1, %s, %s}".formatted(id, at, fresh("A")), "/deviceId");
    refused("{%s, \"deviceId\": \"d\", %s, %s}".formatted(id, at, fresh("A")), "/sequence");
    refused(
        "{%s, \"deviceId\": \"d\", \"sequence\": 0, %s, %s}".formatted(id, at, fresh("A")),
        "/sequence");
    refused("{%s, %s, %s}".formatted(id, device, fresh("A")), "/capturedAt");
    refused("{%s, %s, %s}".formatted(id, device, at), "/dealerId");
    String both = fresh("A") + ", " + existing(UUID.randomUUID().toString());
    refused("{%s, %s, %s, %s}".formatted(id, device, at, both), "/dealerId");
    refused("{%s, %s, %s, \"dealer\": {}}".formatted(id, device, at), "/dealer/companyName");
    refused("{%s, %s, %s, \"dealer\": []}".formatted(id, device, at), "/dealerId", "/dealer");
    String rated = "\"dealer\": {\"companyName\": \"A\", \"rating\": 3}";
    refused("{%s, %s, %s, %s}".formatted(id, device, at, rated), "/dealer/rating");
    refused("{%s, %s, %s, %s, \"rating\": 6}".formatted(id, device, at, fresh("A")), "/rating");
    refused("{%s, %s, %s, %s, \"x\": 6}".formatted(id, device, at, fresh("A")), "/x");
    Form.post(acme, "{", PHOTO).expect(400);
    Form.post(acme, capture(UuidV7.next(), 1, fresh("A")), new byte[0]).expect(400);
    acme.sendJson("POST", PATH, "{}", "Content-Type", "text/plain").expect(415);
    assertThat(kept()).isEqualTo(new Booth.Kept(0, 0, 0, 0, 0));
  }

  @Test
  void aKeyGivesTheFirstAnswerAgain() {
    String body = capture(UuidV7.next(), 1, fresh("A"));
    String[] key = {"Idempotency-Key", "c1"};
    String first = Form.post(acme, body, PHOTO, key).expect(201).text();
    Reply again = Form.post(acme, body, PHOTO, key).expect(201);
    assertThat(again.text()).isEqualTo(first);
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    Form.post(acme, body, "another".getBytes(StandardCharsets.UTF_8), key).expect(422);
    assertThat(kept()).isEqualTo(new Booth.Kept(1, 0, 1, 0, 1));
  }

  @Test
  void manyAtOnceWithOneIdAreOneCapture() throws Exception {
    String body = capture(UuidV7.next(), 1, fresh("Once") + ", \"note\": \"n\"");
    List<Callable<Integer>> asks =
        IntStream.range(0, 20)
            .<Callable<Integer>>mapToObj(i -> () -> Form.post(acme, body, PHOTO).status())
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int made = 0;
      for (Future<Integer> answer : threads.invokeAll(asks)) {
        assertThat(answer.get()).isIn(200, 201);
        made += answer.get() == 201 ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
    assertThat(kept()).isEqualTo(new Booth.Kept(1, 1, 1, 0, 1));
  }

  private Booth.Kept kept() {
    return Booth.kept(SERVER, acme);
  }

  private void refused(String body, String... pointers) {
    JsonNode errors = acme.post(PATH, body).expect(400).json().path("errors");
    assertThat(errors.findValuesAsText("pointer")).contains(pointers);
  }

  private String capture(UUID id, int sequence, String more) {
    return capture(id, sequence, now, more);
  }

  private static String captureAt(int sequence, Instant at, String more) {
    return capture(UuidV7.next(), sequence, at, more);
  }

  private static String capture(UUID id, int sequence, Instant at, String more) {
    return "{\"id\": \"%s\", \"deviceId\": \"d\", \"sequence\": %d, \"capturedAt\": \"%s\", %s}"
        .formatted(id, sequence, Json.instant(at), more);
  }

  private static String fresh(String name) {
    return "\"dealer\": {\"companyName\": \"%s\"}".formatted(name);
  }

  private static String existing(String dealer) {
    return "\"dealerId\": \"%s\"".formatted(dealer);
  }

  private static String dealer(TestClient client) {
    return client
        .post("/api/dealers", "{\"companyName\": \"Bolt\"}")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }
}
