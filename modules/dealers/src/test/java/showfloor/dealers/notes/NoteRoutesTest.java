package showfloor.dealers.notes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Notes over HTTP.
class NoteRoutesTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();
  private final String dealer = dealerOf(acme);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aNoteSaysWhoWroteItAndWhere() {
    Reply reply = acme.post(dealer + "/notes", "{\"content\": \" Call back \"}").expect(201);
    JsonNode note = reply.json();
    assertThat(note.path("content").asText()).isEqualTo("Call back");
    assertThat(acme.token()).endsWith("." + note.path("authorId").asText());
    assertThat(dealer).endsWith(note.path("dealerId").asText());
    assertThat(reply.header("Location")).hasValue(dealer + "/notes/" + note.path("id").asText());
    assertThat(reply.header("ETag")).hasValue("\"1\"");
  }

  @Test
  void theNewestNotesComeFirstAndTheOldestAreLeftOut() {
    for (int i = 1; i <= 201; i++) {
      acme.post(dealer + "/notes", "{\"content\": \"n%d\"}".formatted(i)).expect(201);
    }
    JsonNode read = acme.get(dealer).expect(200).json();
    assertThat(read.path("dealerNotes")).hasSize(200);
    assertThat(read.at("/dealerNotes/0/content").asText()).isEqualTo("n201");
    assertThat(read.at("/dealerNotes/199/content").asText()).isEqualTo("n2");
    assertThat(read.path("dealerNotesTruncated").asBoolean()).isTrue();
    assertThat(acme.get("/api/dealers").json().at("/dealers/0/_count/dealerNotes").asInt())
        .isEqualTo(201);
  }

  @Test
  void aRepeatWithTheSameKeyWritesOneNote() {
    String body = "{\"content\": \"once\"}";
    acme.post(dealer + "/notes", body, "Idempotency-Key", "n1").expect(201);
    acme.post(dealer + "/notes", body, "Idempotency-Key", "n1").expect(201);
    assertThat(acme.get(dealer).json().path("dealerNotes")).hasSize(1);
  }

  @Test
  void whatIsNoNoteIsRefused() {
    String note = noteOf(acme, dealer);
    String tooLong = "{\"content\": \"%s\"}".formatted("x".repeat(10_001));
    for (String body :
        List.of(
            "{}",
            "{\"content\": null}",
            "{\"content\": \" \"}",
            "{\"content\": 1}",
            "{\"content\": \"x\", \"text\": \"y\"}",
            tooLong)) {
      acme.post(dealer + "/notes", body).expect(400);
      acme.put(note, body).expect(400);
      acme.patch(note, body).expect(400);
    }
  }

  @Test
  void aNoteIsChangedByPutAndPatchAndCountsUpItsDealer() {
    String note = noteOf(acme, dealer);
    long before = acme.get(dealer).json().path("version").asLong();
    assertThat(acme.put(note, "{\"content\": \"b\"}").expect(200).json().path("version").asLong())
        .isEqualTo(2);
    acme.patch(note, "{\"content\": \"c\"}", "If-Match", "\"2\"").expect(200);
    JsonNode read = acme.get(dealer).json();
    assertThat(read.at("/dealerNotes/0/content").asText()).isEqualTo("c");
    assertThat(read.path("version").asLong()).isEqualTo(before + 2);
    String whole = read.at("/dealerNotes/0").toString();
    acme.put(note, whole).expect(200);
    acme.put(note, whole.replace("\"id\":\"", "\"id\":\"0")).expect(400);
    acme.put(note, whole.replace("\"dealerId\":\"", "\"dealerId\":\"0")).expect(400);
  }

  @Test
  void anOldVersionIsRefusedWithBothContents() {
    String note = noteOf(acme, dealer);
    acme.put(note, "{\"content\": \"theirs\"}").expect(200);
    long dealerVersion = acme.get(dealer).json().path("version").asLong();
    Reply stale = acme.put(note, "{\"content\": \"mine\"}", "If-Match", "\"1\"").expect(412);
    assertThat(stale.json().at("/current/content").asText()).isEqualTo("theirs");
    assertThat(stale.json().at("/current/version").asLong()).isEqualTo(2);
    assertThat(stale.json().at("/yours/content").asText()).isEqualTo("mine");
    assertThat(stale.header("ETag")).hasValue("\"2\"");
    acme.delete(note, "If-Match", "\"1\"").expect(412);
    assertThat(acme.get(dealer).json().path("version").asLong()).isEqualTo(dealerVersion);
    acme.delete(note, "If-Match", "\"2\"").expect(200);
    assertThat(acme.get(dealer).json().path("dealerNotes")).isEmpty();
    acme.delete(note).expect(404);
  }

  @Test
  void aNoteOfAnotherDealerOrCompanyIsNotThere() {
    String note = noteOf(acme, dealer);
    String id = note.substring(note.lastIndexOf('/') + 1);
    String other = dealerOf(acme) + "/notes/" + id;
    String foreign = dealerOf(bolt) + "/notes/" + id;
    acme.put(other, "{\"content\": \"x\"}").expect(404);
    acme.delete(other).expect(404);
    for (String path : List.of(note, foreign, dealer + "/notes/" + UUID.randomUUID())) {
      bolt.put(path, "{\"content\": \"x\"}").expect(404);
      bolt.patch(path, "{\"content\": \"x\"}", "If-Match", "\"1\"").expect(404);
      bolt.delete(path).expect(404);
    }
    assertThat(acme.get(dealer).json().at("/dealerNotes/0/version").asLong()).isEqualTo(1);
  }

  private static String dealerOf(TestClient client) {
    return client
        .post("/api/dealers", "{\"companyName\": \"Lumina\"}")
        .expect(201)
        .header("Location")
        .orElseThrow();
  }

  private static String noteOf(TestClient client, String dealer) {
    return client
        .post(dealer + "/notes", "{\"content\": \"a\"}")
        .expect(201)
        .header("Location")
        .orElseThrow();
  }
}
