package showfloor.dealers.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
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
import showfloor.dealers.Owner;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What the history of a dealer knows, and that nobody can do without it or against it.
class TimelineTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final String company = acme.token().substring(0, 36);
  private final String user = acme.token().substring(37);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aChangeSaysWhoDidItInWhichRequestAndWhatItWas() {
    String longId = "r".repeat(64);
    String dealer =
        location(acme.post("/api/dealers", "{\"companyName\": \"Lumina\", \"city\": \"A\"}"));
    acme.put(dealer, "{\"city\": \"B\", \"rating\": 4}", "X-Request-Id", longId).expect(200);
    acme.put(dealer, "{\"city\": \"B\"}").expect(200);
    acme.put(dealer + "/rating", "{\"rating\": null}").expect(200);
    List<JsonNode> entries = timeline(dealer, "");
    assertThat(types(entries)).containsExactly("changed", "changed", "created");
    assertThat(entries).allMatch(entry -> entry.path("actorId").asText().equals(user));
    assertThat(entries.get(1).path("requestId").asText()).isEqualTo(longId);
    assertThat(entries.get(1).path("fields").toString())
        .isEqualTo(
            "[{\"new\":\"B\",\"old\":\"A\",\"field\":\"city\"},{\"new\":4,\"field\":\"rating\"}]");
    assertThat(entries.getFirst().path("fields").toString())
        .isEqualTo("[{\"old\":4,\"field\":\"rating\"}]");
    acme.post(dealer + "/notes", "{\"content\": \"called\"}", "X-Request-Id", "r-7").expect(201);
    JsonNode note = timeline(dealer, "").getFirst();
    assertThat(note.path("actorId").asText()).isEqualTo(user);
    assertThat(note.path("requestId").asText()).isEqualTo("r-7");
  }

  @Test
  void notesConsentsAndLabelsStandInIt() {
    String dealer = location(acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}"));
    String note = location(acme.post(dealer + "/notes", "{\"content\": \"first\"}"));
    acme.put(note, "{\"content\": \"second\"}").expect(200);
    acme.put(note, "{\"content\": \"second\"}").expect(200);
    acme.put(dealer + "/consents/phone_contact", "{\"granted\": true, \"how\": \"form\"}")
        .expect(200);
    String group = location(acme.post("/api/dealers/groups", "{\"name\": \"VIP\"}"));
    String id = dealer.substring(dealer.lastIndexOf('/') + 1);
    acme.post(group + "/dealers", "{\"add\": [\"%s\"]}".formatted(id)).expect(200);
    acme.delete(group).expect(200);
    acme.delete(note).expect(200);
    List<JsonNode> entries = timeline(dealer, "");
    assertThat(types(entries))
        .containsExactly("noteDeleted", "changed", "changed", "consent", "noteChanged", "created");
    assertThat(entries.get(0).at("/fields/0/old").asText()).isEqualTo("second");
    assertThat(entries.get(1).at("/fields").toString())
        .isEqualTo("[{\"old\":\"VIP\",\"field\":\"groups\"}]");
    assertThat(entries.get(2).at("/fields/0/new").asText()).isEqualTo("VIP");
    assertThat(entries.get(3).at("/consent/granted").asBoolean()).isTrue();
    assertThat(entries.get(4).at("/fields/0/old").asText()).isEqualTo("first");
  }

  @Test
  void anImportIsRecordedToo() {
    importCsv("skip", "Company,City\nFirm A,X\nFirm B,X\n", "i1");
    importCsv("update", "Company,City\nFirm A,Y\nFirm B,X\n", "i2");
    for (JsonNode dealer : acme.get("/api/dealers").json().path("dealers")) {
      List<JsonNode> entries = timeline("/api/dealers/" + dealer.path("id").asText(), "");
      boolean changed = dealer.path("city").asText().equals("Y");
      assertThat(types(entries)).hasSize(changed ? 2 : 1);
      assertThat(entries.getFirst().path("requestId").asText()).isEqualTo(changed ? "i2" : "i1");
      assertThat(entries).allMatch(entry -> entry.path("actorId").asText().equals(user));
    }
  }

  @Test
  void itGoesOnByCursorEachEntryOnce() {
    String dealer = location(acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}"));
    for (int i = 0; i < 7; i++) {
      acme.put(dealer, "{\"city\": \"c%d\"}".formatted(i)).expect(200);
      acme.post(dealer + "/notes", "{\"content\": \"n%d\"}".formatted(i)).expect(201);
    }
    List<JsonNode> whole = timeline(dealer, "");
    assertThat(whole).hasSize(15);
    List<JsonNode> pieces = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = acme.get(dealer + "/timeline?limit=4" + cursor).expect(200).json();
      page.path("timeline").forEach(pieces::add);
      String next = page.at("/pagination/nextCursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertThat(pieces).isEqualTo(whole);
    acme.get(dealer + "/timeline?page=2").expect(400);
    acme.get(dealer + "/timeline?cursor=abc").expect(400);
  }

  @Test
  void anotherCompanySeesNothingOfIt() {
    TestClient bolt = SERVER.newCompany();
    String dealer = location(acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}"));
    bolt.get(dealer + "/timeline").expect(404);
    bolt.get("/api/dealers/%s/timeline".formatted(UUID.randomUUID())).expect(404);
    bolt.get("/api/dealers/x/timeline").expect(404);
  }

  @Test
  void theModuleItselfCannotWriteIt() {
    acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}").expect(201);
    for (String write :
        List.of(
            "INSERT INTO dealers.changes SELECT * FROM dealers.changes",
            "UPDATE dealers.changes SET kind = 'deleted'",
            "DELETE FROM dealers.changes",
            "TRUNCATE dealers.changes",
            "UPDATE dealers.consent_history SET granted = true",
            "DELETE FROM dealers.consent_history",
            "SELECT dealers.restore_history('%s', 'changes', '{}')".formatted(company),
            "ALTER TABLE dealers.dealers DISABLE TRIGGER record_changed")) {
      assertThatThrownBy(() -> Owner.asModule(company, write))
          .as(write)
          .rootCause()
          .hasMessageMatching("(?s).*(permission denied|must be owner|no archive is taken back).*");
    }
  }

  @Test
  void theValuesOfADeletedDealerGoAndWhoDeletedItStays() {
    String dealer = location(acme.post("/api/dealers", "{\"companyName\": \"Lumina\"}"));
    acme.post(dealer + "/notes", "{\"content\": \"secret\"}").expect(201);
    acme.put(dealer, "{\"city\": \"B\"}").expect(200);
    acme.delete(dealer).expect(200);
    acme.get(dealer + "/timeline").expect(404);
    String id = dealer.substring(dealer.lastIndexOf('/') + 1);
    String of = "SELECT count(*) FROM dealers.changes WHERE dealer_id = '%s'".formatted(id);
    assertThat(Owner.count(company, of)).isEqualTo(1);
    assertThat(
            Owner.count(company, of + " AND kind = 'deleted' AND actor_id = '%s'".formatted(user)))
        .isEqualTo(1);
  }

  @Test
  void manyChangesAtOnceAreAChainWithoutAGap() throws Exception {
    String dealer =
        location(acme.post("/api/dealers", "{\"companyName\": \"L\", \"city\": \"c\"}"));
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String body = "{\"city\": \"c%d\"}".formatted(i);
      calls.add(() -> acme.put(dealer, body));
    }
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        done += reply.get().status() == 200 ? 1 : 0;
      }
    }
    List<JsonNode> entries = timeline(dealer, "?limit=200");
    assertThat(entries).hasSize(done + 1);
    String city = acme.get(dealer).json().path("city").asText();
    for (JsonNode entry : entries.subList(0, done)) {
      assertThat(entry.at("/fields/0/new").asText()).isEqualTo(city);
      city = entry.at("/fields/0/old").asText();
    }
    assertThat(city).isEqualTo("c");
  }

  private void importCsv(String mode, String csv, String requestId) {
    acme.send(
            "POST",
            "/api/dealers/import?mode=" + mode,
            BodyPublishers.ofString(csv),
            "Content-Type",
            "text/csv",
            "X-Request-Id",
            requestId)
        .expect(200);
  }

  private List<JsonNode> timeline(String dealer, String query) {
    List<JsonNode> entries = new ArrayList<>();
    acme.get(dealer + "/timeline" + query)
        .expect(200)
        .json()
        .path("timeline")
        .forEach(entries::add);
    return entries;
  }

  private static List<String> types(List<JsonNode> entries) {
    return entries.stream().map(entry -> entry.path("type").asText()).toList();
  }

  private static String location(Reply reply) {
    return reply.expect(201).header("Location").orElseThrow();
  }
}
