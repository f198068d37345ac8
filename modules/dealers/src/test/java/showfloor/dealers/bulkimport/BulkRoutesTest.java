package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// The reference's two routes.
class BulkRoutesTest {
  private static final String ROWS =
      """
      {"dealers": [
        {"companyName": "Acme", "email": "Jo@Acme.example", "phone": 5015550123},
        {"companyName": "acme ", "email": "jo@acme.example", "phone": "(501) 555-0123"},
        {"companyName": "", "city": "Cabot"},
        {"companyName": "Bolt", "email": null}
      ]%s}
      """;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = Imports.server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void rowsAreImportedAndTheOthersAreListedWithTheirReason() {
    TestClient client = server.newCompany();
    JsonNode answer =
        client.post("/api/dealers/bulk-import", ROWS.formatted("")).expect(200).json();
    assertThat(answer.path("count").intValue()).isEqualTo(2);
    assertThat(answer.path("duplicates").intValue()).isEqualTo(1);
    assertThat(answer.path("errors").intValue()).isEqualTo(1);
    assertThat(answer.at("/duplicateList/0/companyName").textValue()).isEqualTo("acme ");
    assertThat(answer.at("/errorList/0/city").textValue()).isEqualTo("Cabot");
    assertThat(answer.at("/errorList/0/error").textValue()).contains("required");
    assertThat(dealers(client)).isEqualTo(2);
  }

  @Test
  void duplicatesGoInAgainOnlyWhereThatIsSaid() {
    TestClient client = server.newCompany();
    client.post("/api/dealers/bulk-import", ROWS.formatted("")).expect(200);
    client.post("/api/dealers/bulk-import", ROWS.formatted("")).expect(200);
    assertThat(dealers(client)).isEqualTo(2);
    JsonNode answer =
        client
            .post("/api/dealers/bulk-import", ROWS.formatted(", \"skipDuplicates\": false"))
            .expect(200)
            .json();
    assertThat(answer.path("count").intValue()).isEqualTo(3);
    assertThat(answer.path("duplicates").intValue()).isZero();
    assertThat(dealers(client)).isEqualTo(5);
  }

  @Test
  void checkingTellsNewFromKnownAndChangesNothing() {
    TestClient client = server.newCompany();
    client.post("/api/dealers", "{\"companyName\": \"Bolt\"}").expect(201);
    JsonNode answer =
        client.post("/api/dealers/check-duplicates", ROWS.formatted("")).expect(200).json();
    assertThat(answer.path("total").intValue()).isEqualTo(4);
    assertThat(answer.path("new").intValue()).isEqualTo(1);
    assertThat(answer.path("duplicates").intValue()).isEqualTo(2);
    assertThat(answer.at("/newList/0/companyName").textValue()).isEqualTo("Acme");
    assertThat(answer.at("/duplicateList/0/existing/id").isNull()).isTrue();
    assertThat(answer.at("/duplicateList/1/existing/companyName").textValue()).isEqualTo("Bolt");
    assertThat(answer.at("/duplicateList/1/existingId"))
        .isEqualTo(answer.at("/duplicateList/1/existing/id"));
    assertThat(dealers(client)).isEqualTo(1);
  }

  @Test
  void answersMayBeSentBack() {
    TestClient client = server.newCompany();
    client.post("/api/dealers", "{\"companyName\": \"Bolt\"}").expect(201);
    JsonNode checked =
        client.post("/api/dealers/check-duplicates", ROWS.formatted("")).expect(200).json();
    for (String list : List.of("duplicateList", "newList", "errorList")) {
      assertThat(checked.path(list)).isNotEmpty();
      sendBack(client, checked.path(list));
    }
    JsonNode imported = importCsv(client, "?dryRun=true", "Company,City\nBolt,\n,X\n").json();
    sendBack(client, imported.path("rows"));
    JsonNode bolt = client.get("/api/dealers?search=bolt").json().path("dealers");
    sendBack(client, bolt);
    String path = "/api/dealers/" + bolt.get(0).path("id").textValue();
    sendBack(client, new JsonMapper().createArrayNode().add(client.get(path).json()));
  }

  @Test
  void whatIsNoListOfRowsIsRefused() {
    TestClient client = server.newCompany();
    client.post("/api/dealers/bulk-import", "{}").expect(400);
    client.post("/api/dealers/bulk-import", "{\"dealers\": [1]}").expect(400);
    client.post("/api/dealers/bulk-import", "{\"dealers\": [{\"email\": {}}]}").expect(400);
    client.post("/api/dealers/check-duplicates", "{\"dealers\": [{\"colour\": 1}]}").expect(400);
    client.post("/api/dealers/check-duplicates", "[").expect(400);
  }

  private static void sendBack(TestClient client, JsonNode rows) {
    client.post("/api/dealers/bulk-import", "{\"dealers\": " + rows + "}").expect(200);
  }
}
