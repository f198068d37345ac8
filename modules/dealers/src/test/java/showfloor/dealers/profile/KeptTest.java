package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.profile.Calls.add;
import static showfloor.dealers.profile.Calls.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.dealers.Owner;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What modules above keep on a dealer, in lists and with the dealer. Notes stand for it here, each
/// in the view that its first word names: the modules themselves fill the views in the same way.
class KeptTest {
  private static TestServer server;
  private static TestClient acme;
  private static TestClient bolt;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
    acme = server.newCompany();
    bolt = server.newCompany();
    String item = "json_build_object('id', n.id, 'is', n.content)";
    Owner.execute(view("photos_of", "n.id, " + item, "photo"));
    Owner.execute(view("recordings_of", "n.id, " + item, "recording"));
    Owner.execute(view("shows_of", "'%s'::uuid AS show_id, %s".formatted(SHOW, item), "show"));
    Owner.execute(
        view(
            "todos_of",
            "n.id, nullif(split_part(n.content, ' ', 2), '')::date AS due_date,"
                + " split_part(n.content, ' ', 3) = 'done' AS completed, "
                + item,
            "todo"));
  }

  private static final UUID SHOW = UUID.randomUUID();

  private static String view(String name, String columns, String word) {
    return "CREATE OR REPLACE VIEW dealers.%s AS SELECT n.company_id, n.dealer_id, %s AS item FROM dealers.notes n WHERE n.content LIKE '%s%%'"
        .formatted(name, columns, word);
  }

  @AfterAll
  static void stop() {
    Owner.execute(none("photos_of", "NULL::uuid AS id"));
    Owner.execute(none("recordings_of", "NULL::uuid AS id"));
    Owner.execute(none("shows_of", "NULL::uuid AS show_id"));
    Owner.execute(
        none("todos_of", "NULL::uuid AS id, NULL::date AS due_date, NULL::boolean AS completed"));
    server.close();
  }

  private static String none(String name, String columns) {
    return "CREATE OR REPLACE VIEW dealers.%s AS SELECT NULL::uuid AS company_id, NULL::uuid AS dealer_id, %s, NULL::json AS item WHERE false"
        .formatted(name, columns);
  }

  @Test
  void aDealerIsAnsweredWithAllThatIsKeptOnIt() {
    String id = add(acme, "Lumina", "");
    note(acme, id, "photo a", "photo b", "recording a", "show a", "todo 2026-05-02", "todo");
    note(acme, id, "todo 2026-05-01", "todo 2026-04-01 done");
    JsonNode read = acme.get("/api/dealers/" + id).expect(200).json();
    assertThat(read.path("photos").findValuesAsText("is")).containsExactly("photo b", "photo a");
    assertThat(read.path("voiceRecordings").findValuesAsText("is")).containsExactly("recording a");
    assertThat(read.path("tradeShows").findValuesAsText("is")).containsExactly("show a");
    assertThat(read.path("todos").findValuesAsText("is"))
        .containsExactly("todo 2026-05-01", "todo 2026-05-02", "todo");
    assertThat(read.path("photosTruncated").asBoolean()).isFalse();
    acme.put("/api/dealers/" + id, read.toString()).expect(200);
  }

  @Test
  void aListCountsWhatEachDealerOfThePageHas() {
    TestClient company = server.newCompany();
    String id = add(company, "Lumina", "");
    add(company, "Other", "");
    note(company, id, "photo a", "photo b", "recording a", "todo", "todo 2026-01-01 done");
    for (String query : List.of("", "?search=lumina", "?has=photos", "?sort=companyName")) {
      JsonNode page = company.get("/api/dealers" + query).expect(200).json();
      for (JsonNode dealer : page.path("dealers")) {
        assertThat(dealer.path("_count").toString())
            .isEqualTo(
                dealer.path("companyName").asText().equals("Other")
                    ? "{\"dealerNotes\":0,\"photos\":0,\"voiceRecordings\":0,\"todos\":0}"
                    : "{\"dealerNotes\":5,\"photos\":2,\"voiceRecordings\":1,\"todos\":2}");
      }
    }
  }

  @Test
  void aListAndASearchAskForThem() {
    TestClient company = server.newCompany();
    note(company, add(company, "Acme Photo", ""), "photo a");
    note(company, add(company, "Acme Voice", ""), "recording a");
    note(company, add(company, "Acme Show", ""), "show a");
    add(company, "Acme Nothing", "");
    for (String search : List.of("?", "?search=acme&")) {
      assertThat(names(company, search + "has=photos")).containsExactly("Acme Photo");
      assertThat(names(company, search + "has=recordings")).containsExactly("Acme Voice");
      assertThat(names(company, search + "has=notes")).hasSize(3);
      assertThat(names(company, search + "show=" + SHOW)).containsExactly("Acme Show");
      assertThat(names(company, search + "show=" + UUID.randomUUID())).isEmpty();
    }
    company.get("/api/dealers?show=x").expect(400);
  }

  @Test
  void noCompanySeesWhatIsKeptOnTheDealersOfAnother() {
    note(acme, add(acme, "Secret", ""), "photo a", "recording a", "show a");
    add(bolt, "Secret", "");
    for (String search : List.of("?", "?search=secret&")) {
      assertThat(names(bolt, search + "has=photos")).isEmpty();
      assertThat(names(bolt, search + "has=recordings")).isEmpty();
      assertThat(names(bolt, search + "show=" + SHOW)).isEmpty();
    }
    assertThat(bolt.get("/api/dealers").json().at("/dealers/0/_count/photos").asInt()).isZero();
  }

  @Test
  void theTagChangesWithWhatIsKeptAndIfMatchAsksForTheVersionAlone() {
    String id = add(acme, "Lumina", "");
    String path = "/api/dealers/" + id;
    note(acme, id, "photo");
    Reply first = acme.get(path).expect(200);
    String tag = first.header("ETag").orElseThrow();
    acme.get(path, "If-None-Match", tag).expect(304);
    // Not through the API, which would count up the version.
    Owner.inCompany(
        first.json().path("companyId").asText(),
        "UPDATE dealers.notes SET content = 'photo x' WHERE dealer_id = '%s'".formatted(id));
    Reply second = acme.get(path, "If-None-Match", tag).expect(200);
    assertThat(second.json().path("version")).isEqualTo(first.json().path("version"));
    assertThat(second.header("ETag")).isNotEqualTo(first.header("ETag"));
    acme.put(path, "{\"city\": \"x\"}", "If-Match", tag).expect(200);
    acme.put(path, "{\"city\": \"y\"}", "If-Match", tag).expect(412);
  }

  @Test
  void noMoreThanTwoHundredAreAnswered() {
    String id = add(acme, "Lumina", "");
    for (int i = 0; i <= 200; i++) {
      note(acme, id, "photo " + i);
    }
    JsonNode read = acme.get("/api/dealers/" + id).expect(200).json();
    assertThat(read.path("photos")).hasSize(200);
    assertThat(read.at("/photos/0/is").asText()).isEqualTo("photo 200");
    assertThat(read.path("photosTruncated").asBoolean()).isTrue();
  }

  private static void note(TestClient client, String dealer, String... contents) {
    for (String content : contents) {
      client
          .post(
              "/api/dealers/%s/notes".formatted(dealer), "{\"content\": \"%s\"}".formatted(content))
          .expect(201);
    }
  }
}
