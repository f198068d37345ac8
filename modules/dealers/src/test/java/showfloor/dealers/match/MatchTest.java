package showfloor.dealers.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Limits;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Who is on the badge: over HTTP, ranked and explained.
class MatchTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
    client = server.newCompany();
    add(client, "Lumina Lighting LLC", "Ana Ruiz", "ana@lumina.example", "(555) 010-4477");
    add(client, "Lumina Events", "Bob Stone", "bob@events.example", "");
    add(client, "Henderson Plumbing", "Cleo Hart", "", "+1 555 010 8800");
    add(client, "B & S Auto", "", "", "");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSameAddressOutranksEveryName() {
    JsonNode match = match(client, "Lumina Events\nANA@lumina.example");
    assertThat(match.at("/candidates/0/dealer/companyName").asText())
        .isEqualTo("Lumina Lighting LLC");
    assertThat(codes(match, 0)).contains("SAME_EMAIL");
    assertThat(codes(match, 1)).contains("SAME_NAME");
  }

  @Test
  void aPhoneIsTheSameHoweverItIsWritten() {
    JsonNode match = match(client, "tel 555.010.8800");
    assertThat(match.at("/candidates/0/dealer/companyName").asText())
        .isEqualTo("Henderson Plumbing");
    assertThat(codes(match, 0)).isEqualTo("SAME_PHONE");
  }

  @Test
  void aMisspeltNameAndAPersonAreFoundToo() {
    JsonNode match = match(client, "Hendersn Plumbing Inc\nCleo Hart");
    assertThat(match.at("/candidates/0/dealer/companyName").asText())
        .isEqualTo("Henderson Plumbing");
    JsonNode person = match(client, "Bob Stone");
    assertThat(person.at("/candidates/0/dealer/companyName").asText()).isEqualTo("Lumina Events");
  }

  @Test
  void moreReasonsMakeABetterScore() {
    double name = match(client, "Lumina Lighting LLC").at("/candidates/0/score").asDouble();
    JsonNode both = match(client, "Lumina Lighting LLC\n555 010 4477");
    assertThat(both.at("/candidates/0/score").asDouble())
        .isGreaterThan(name)
        .isLessThanOrEqualTo(1);
    assertThat(codes(both, 0)).isEqualTo("SAME_PHONE,SAME_NAME");
  }

  @Test
  void whatWasReadCanBeSentBackAsANewDealer() {
    JsonNode match = match(client, "MECARD:N:New,Ned;ORG:Newcomers;TITLE:Boss;TEL:5550001111;;");
    assertThat(match.path("candidates")).isEmpty();
    assertThat(match.path("title").asText()).isEqualTo("Boss");
    TestClient other = server.newCompany();
    JsonNode added = other.post("/api/dealers", match.path("fields").toString()).expect(201).json();
    assertThat(added.path("contactName").asText()).isEqualTo("Ned New");
  }

  @Test
  void noDealerOfAnotherCompanyIsACandidate() {
    TestClient other = server.newCompany();
    String own = add(other, "Lumina Lighting LLC", "Ana Ruiz", "ana@lumina.example", "5550104477");
    String text = "Lumina Lighting LLC\nAna Ruiz\nana@lumina.example\n555 010 4477";
    JsonNode match = match(other, text);
    assertThat(match.path("candidates")).hasSize(1);
    assertThat(match.at("/candidates/0/dealer/id").asText()).isEqualTo(own);
    assertThat(match(server.newCompany(), text).path("candidates")).isEmpty();
  }

  @Test
  void whatIsNoTextIsRefused() {
    for (String body :
        List.of("{}", "{\"text\": \" \"}", "{\"text\": 1}", "{\"text\": \"a\", \"lines\": []}")) {
      client.post("/api/dealers/match", body).expect(400);
    }
    String tooLong = "a".repeat(Limits.NOTE.value() + 1);
    client.post("/api/dealers/match", "{\"text\": \"%s\"}".formatted(tooLong)).expect(400);
  }

  @Test
  void noTextBreaksIt() {
    Random random = new Random(1);
    String signs = "aB1@.%_\\'\"();:,|^=\n\t&\u00df\u4e2d \u0001[]*+-";
    for (int i = 0; i < 150; i++) {
      String text =
          random
              .ints(1 + random.nextInt(80), 0, signs.length())
              .mapToObj(at -> signs.substring(at, at + 1))
              .collect(Collectors.joining("", i % 3 == 0 ? "BEGIN:VCARD\nORG:" : "x", ""));
      match(client, text);
    }
  }

  private static JsonNode match(TestClient company, String text) {
    String body = JSON.createObjectNode().put("text", text).toString();
    return company.post("/api/dealers/match", body).expect(200).json();
  }

  private static String codes(JsonNode match, int candidate) {
    return String.join(
        ",", match.at("/candidates/%d/reasons".formatted(candidate)).findValuesAsText("code"));
  }

  private static String add(
      TestClient company, String name, String contact, String email, String phone) {
    return company
        .post(
            "/api/dealers",
            "{\"companyName\": \"%s\", \"contactName\": \"%s\", \"email\": \"%s\", \"phone\": \"%s\"}"
                .formatted(name, contact, email, phone))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }
}
