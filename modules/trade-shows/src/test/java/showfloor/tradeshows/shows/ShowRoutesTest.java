package showfloor.tradeshows.shows;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.SHOWS;
import static showfloor.tradeshows.Calls.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;

/// One show over HTTP: what is accepted, changed, refused.
class ShowRoutesTest {
  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aNewShowIsAnsweredAsItIsStored() {
    Reply reply =
        acme.post(
                SHOWS,
                """
                {"name": " Lightfair ", "location": "  ", "startDate": "2026-11-23",
                 "endDate": "2026-11-26", "description": "Booth 1204"}
                """)
            .expect(201);
    JsonNode show = reply.json();
    assertThat(show.path("name").asText()).isEqualTo("Lightfair");
    assertThat(show.path("location").isNull()).isTrue();
    assertThat(show.path("startDate").asText()).isEqualTo("2026-11-23");
    assertThat(show.path("endDate").asText()).isEqualTo("2026-11-26");
    assertThat(show.path("companyId").asText()).isEqualTo(Calls.companyOf(acme).toString());
    assertThat(show.path("version").asLong()).isEqualTo(1);
    assertThat(show.path("createdAt").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
        .isEqualTo(show.path("updatedAt").asText());
    assertThat(reply.header("Location")).hasValue(SHOWS + "/" + show.path("id").asText());
    assertThat(reply.header("ETag")).hasValue("\"1\"");
    JsonNode read = acme.get(reply.header("Location").orElseThrow()).expect(200).json();
    show.properties()
        .forEach(member -> assertThat(read.get(member.getKey())).isEqualTo(member.getValue()));
    assertThat(read.path("dealers")).isEmpty();
    assertThat(read.path("dealersTruncated").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01, 9999-12-31",
    "2024-02-29, 2024-02-29",
    "2026-12-31, 2027-01-01",
    "1582-10-10, 1582-10-10"
  })
  void aDateComesBackAsItWasSent(String start, String end) {
    String path =
        show(acme, "Dated", ", \"startDate\": \"%s\", \"endDate\": \"%s\"".formatted(start, end));
    JsonNode read = acme.get(path).json();
    assertThat(read.path("startDate").asText()).isEqualTo(start);
    assertThat(read.path("endDate").asText()).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T00:00:00.000Z",
        "2026-11-23T23:59:59.999Z",
        "2026-11-23T00:30:00+14:00",
        "2026-11-23T23:30:00-12:00"
      })
  void aMomentIsTheDateThatItSays(String moment) {
    String path = show(acme, "Moment", ", \"startDate\": \"%s\"".formatted(moment));
    assertThat(acme.get(path).json().path("startDate").asText()).isEqualTo("2026-11-23");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": null}",
        "{\"name\": \" \"}",
        "{\"name\": 7}",
        "{\"name\": \"a\\u0000b\"}",
        "{\"name\": \"a\", \"startDate\": \"2026-02-30\"}",
        "{\"name\": \"a\", \"startDate\": \"tomorrow\"}",
        "{\"name\": \"a\", \"startDate\": 20261123}",
        "{\"name\": \"a\", \"startDate\": \"10000-01-01\"}",
        "{\"name\": \"a\", \"startDate\": \"2026-11-23T00:00:00\"}",
        "{\"name\": \"a\", \"startDate\": \"2026-11-23\", \"endDate\": \"2026-11-22\"}",
        "{\"name\": \"a\", \"booth\": \"7\"}",
        "{\"name\": \"a\", \"id\": \"00000000-0000-7000-8000-000000000000\"}",
        "{\"name\": \"a\", \"companyId\": \"00000000-0000-7000-8000-000000000000\"}",
        "[]"
      })
  void whatIsNoShowIsRefused(String body) {
    acme.post(SHOWS, body).expect(400);
    assertThat(acme.get(SHOWS).json()).isEmpty();
  }

  @Test
  void textThatIsTooLongIsRefused() {
    for (String member : List.of("name", "location")) {
      String path = show(acme, "a", "");
      String body = "{\"%s\": \"%s\"}".formatted(member, "x".repeat(201));
      Reply refused = acme.put(path, body).expect(400);
      assertThat(refused.json().at("/errors/0/code").asText()).isEqualTo("TOO_LONG");
    }
    show(acme, "x".repeat(200), ", \"location\": \"%s\"".formatted("y".repeat(200)));
    show(acme, "a", ", \"description\": \"%s\"".formatted("é".repeat(2_000)));
    acme.post(SHOWS, "{\"name\": \"a\", \"description\": \"%s\"}".formatted("x".repeat(2_001)))
        .expect(400);
  }

  @Test
  void whatIsSentIsChangedAndTheRestStays() {
    String path =
        show(
            acme,
            "Lightfair",
            ", \"location\": \"Las Vegas\", \"startDate\": \"2026-11-23\","
                + " \"endDate\": \"2026-11-26\", \"description\": \"Booth\"");
    JsonNode put = acme.put(path, "{\"location\": \"Austin\"}").expect(200).json();
    assertThat(put.path("location").asText()).isEqualTo("Austin");
    assertThat(put.path("startDate").asText()).isEqualTo("2026-11-23");
    assertThat(put.path("version").asLong()).isEqualTo(2);
    JsonNode cleared =
        acme.send(
                "PATCH",
                path,
                BodyPublishers.ofString(
                    "{\"startDate\": null, \"endDate\": null, \"description\": null}"),
                "Content-Type",
                "application/merge-patch+json")
            .expect(200)
            .json();
    for (String member : List.of("startDate", "endDate", "description")) {
      assertThat(cleared.path(member).isNull()).isTrue();
    }
    assertThat(cleared.path("name").asText()).isEqualTo("Lightfair");
    acme.patch(path, "{\"name\": null}").expect(400);
    acme.put(path, "{}").expect(200);
  }

  @Test
  void oneDateIsHeldAgainstTheOtherAsItIsStored() {
    String path =
        show(acme, "Dated", ", \"startDate\": \"2026-11-23\", \"endDate\": \"2026-11-26\"");
    Reply tooEarly = acme.put(path, "{\"endDate\": \"2026-11-22\"}").expect(400);
    assertThat(tooEarly.json().at("/errors/0/pointer").asText()).isEqualTo("/endDate");
    assertThat(tooEarly.json().at("/errors/0/code").asText()).isEqualTo("OUT_OF_RANGE");
    Reply tooLate = acme.patch(path, "{\"startDate\": \"2026-11-27\"}").expect(400);
    assertThat(tooLate.json().at("/errors/0/pointer").asText()).isEqualTo("/startDate");
    acme.put(path, "{\"startDate\": \"2026-12-01\", \"endDate\": \"2026-11-30\"}").expect(400);
    assertThat(acme.get(path).json().path("version").asLong()).isEqualTo(1);
    acme.put(path, "{\"endDate\": \"2026-11-23\"}").expect(200);
    acme.put(path, "{\"startDate\": null}").expect(200);
    acme.put(path, "{\"endDate\": \"1999-01-01\"}").expect(200);
    acme.put(path, "{\"startDate\": \"2026-12-01\", \"endDate\": \"2026-12-02\"}").expect(200);
  }

  @Test
  void anOldVersionIsRefusedWithTheFieldsThatDiffer() {
    String path = show(acme, "Lightfair", ", \"startDate\": \"2026-11-23\"");
    acme.put(path, "{\"location\": \"Austin\", \"startDate\": null}").expect(200);
    Reply stale =
        acme.put(
                path,
                "{\"location\": \"Boston\", \"startDate\": \"2026-11-23\", \"name\": \"Lightfair\"}",
                "If-Match",
                "\"1\"")
            .expect(412);
    assertThat(stale.json().path("current").toString())
        .isEqualTo("{\"location\":\"Austin\",\"startDate\":null,\"version\":2}");
    assertThat(stale.json().path("yours").toString())
        .isEqualTo("{\"location\":\"Boston\",\"startDate\":\"2026-11-23\"}");
    assertThat(stale.header("ETag")).hasValue("\"2\"");
    acme.delete(path, "If-Match", "\"1\"").expect(412);
    String etag = acme.get(path).header("ETag").orElseThrow();
    acme.put(path, "{\"location\": \"Boston\"}", "If-Match", etag).expect(200);
    acme.delete(path, "If-Match", etag).expect(412);
    acme.delete(path, "If-Match", acme.get(path).header("ETag").orElseThrow()).expect(200);
    acme.get(path).expect(404);
    acme.delete(path).expect(404);
  }

  @Test
  void ofManyWhoChangeOneVersionOneDoes() throws Exception {
    String path = show(acme, "Lightfair", "");
    List<Integer> statuses =
        Calls.together(
            java.util.stream.IntStream.range(0, 8)
                .<java.util.concurrent.Callable<Integer>>mapToObj(
                    i ->
                        () ->
                            acme.put(
                                    path,
                                    "{\"location\": \"Hall %d\"}".formatted(i),
                                    "If-Match",
                                    "\"1\"")
                                .status())
                .toList());
    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses.stream().filter(status -> status == 412)).hasSize(7);
    assertThat(acme.get(path).json().path("version").asLong()).isEqualTo(2);
  }

  @Test
  void aRepeatWithTheSameKeyAddsOneShow() {
    String body = "{\"name\": \"Once\"}";
    JsonNode first = acme.post(SHOWS, body, "Idempotency-Key", "k").expect(201).json();
    Reply again = acme.post(SHOWS, body, "Idempotency-Key", "k").expect(201);
    assertThat(again.json()).isEqualTo(first);
    assertThat(again.header("ETag")).hasValue("\"1\"");
    assertThat(acme.get(SHOWS).json()).hasSize(1);
  }

  @Test
  void whatWasAnsweredMayBeSentBack() {
    String path = show(acme, "Lightfair", ", \"startDate\": \"2026-11-23\"");
    String dealer = Calls.dealer(acme, "Lumina");
    acme.post(path + "/dealers/" + dealer, "").expect(201);
    String whole = acme.get(path).text();
    JsonNode changed = acme.put(path, whole.replace("Lightfair", "Fair")).expect(200).json();
    assertThat(changed.path("name").asText()).isEqualTo("Fair");
    for (String member : List.of("id", "companyId")) {
      acme.put(path, "{\"%s\": \"%s\"}".formatted(member, UUID.randomUUID())).expect(400);
    }
  }

  @Test
  void aForeignShowIsAnsweredLikeOneThatNeverWas() {
    String mine = show(acme, "Lightfair", "");
    String dealer = Calls.dealer(bolt, "Theirs");
    for (String path : List.of(mine, SHOWS + "/" + UUID.randomUUID(), SHOWS + "/nope")) {
      for (Reply reply :
          List.of(
              bolt.get(path),
              bolt.put(path, "{\"name\": \"x\"}"),
              bolt.put(path, "{\"name\": \"x\"}", "If-Match", "\"1\""),
              bolt.patch(path, "{\"name\": \"x\"}"),
              bolt.delete(path),
              bolt.delete(path, "If-Match", "\"1\""),
              bolt.get(path + "/export"),
              bolt.post(path + "/dealers/" + dealer, ""),
              bolt.delete(path + "/dealers/" + dealer),
              bolt.post(path + "/dealers", Calls.links(List.of(dealer), List.of())))) {
        assertThat(reply.expect(404).json().path("detail").asText())
            .isEqualTo("There is nothing here, or it is not yours.");
      }
    }
    assertThat(acme.get(mine).json().path("version").asLong()).isEqualTo(1);
    assertThat(bolt.get(SHOWS).json()).isEmpty();
  }

  @Test
  void aChangedPartOfTheAnswerIsSentAgain() {
    String path = show(acme, "Lightfair", "");
    String dealer = Calls.dealer(acme, "Lumina");
    String link = path + "/dealers/" + dealer;
    String empty = etag(path);
    acme.get(path, "If-None-Match", empty).expect(304);
    acme.post(link, "").expect(201);
    String linked = etag(path);
    acme.get(path, "If-None-Match", empty).expect(200);
    acme.get(path, "If-None-Match", linked).expect(304);
    acme.put("/api/dealers/" + dealer, "{\"city\": \"Austin\"}").expect(200);
    acme.get(path, "If-None-Match", linked).expect(200);
    String changed = etag(path);
    acme.delete(link).expect(200);
    acme.post(link, "").expect(201);
    acme.get(path, "If-None-Match", changed).expect(200);
    acme.put(path, "{\"location\": \"Hall 3\"}", "If-Match", changed).expect(200);
    acme.get(path, "If-None-Match", changed).expect(200);
  }

  private String etag(String path) {
    return acme.get(path).expect(200).header("ETag").orElseThrow();
  }
}
