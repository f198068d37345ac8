package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// A company's own fields as columns of imports and exports.
class CustomFieldImportTest {
  private static final TestServer SERVER = Imports.server();
  private static final String FIELDS =
      "Company,notes_on_size,Lead Size,customFields.since,OPEN,customFields.size\n";

  private final TestClient acme = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void define() {
    define(acme);
  }

  /// Among the names are some that a header can't have, or that mean something else there.
  private static void define(TestClient client) {
    field(client, "notes_on_size", "Notes", "text", "");
    field(client, "leadSize", "Lead size", "number", "");
    field(client, "since", "=1+1", "date", "");
    field(client, "open", "Open?", "boolean", "");
    field(client, "size", "Lead size", "choice", ", \"options\": [\"S\", \"L, XL\"]");
  }

  @Test
  void columnsAreFoundByKeyOrName() {
    Reply reply =
        Imports.importCsv(
            acme, "", FIELDS + "A,'=x,12.50,2026-02-28,TRUE,\"L, XL\"\nB, , ,,false,\n");
    assertThat(Imports.counts(reply)).isEqualTo("2 = 2 inserted, 0 updated, 0 skipped, 0 failed");
    assertThat(reply.json().path("ignoredColumns")).isEmpty();
    assertThat(values("A").toString())
        .isEqualTo(
            "{\"open\":true,\"size\":\"L, XL\",\"since\":\"2026-02-28\",\"leadSize\":12.5,"
                + "\"notes_on_size\":\"=x\"}");
    assertThat(values("B").toString()).isEqualTo("{\"open\":false}");
  }

  @Test
  void eachLineIsToldWhatItsValueMustBe() {
    String csv =
        FIELDS
            + "A,%s,,,,\nB,,ten,,,\nC,,1e999,,,\nD,,,28.2.2026,,\nE,,,,yes,\nF,,,,,M\nG,\0,,,,\nH,,1,,,S\n"
                .formatted("x".repeat(2_001));
    Reply dry = Imports.importCsv(acme, "?dryRun=true", csv);
    Reply done = Imports.importCsv(acme, "", csv);
    assertThat(Imports.rows(done))
        .isEqualTo(Imports.rows(dry))
        .containsExactly(
            "2 failed WRONG_TYPE",
            "3 failed WRONG_TYPE",
            "4 failed WRONG_TYPE",
            "5 failed WRONG_TYPE",
            "6 failed WRONG_TYPE",
            "7 failed WRONG_TYPE",
            "8 failed INVALID_TEXT");
    assertThat(done.json().at("/rows/3/reason").asText())
        .isEqualTo("=1+1 must be a date such as 2026-11-23.");
    assertThat(values("H").toString()).isEqualTo("{\"size\":\"S\",\"leadSize\":1}");
  }

  @Test
  void anUpdateChangesWhatHasAValueAndLeavesTheRest() {
    Imports.importCsv(acme, "", FIELDS + "A,x,1,,true,\nB,x,1,,,\n").expect(200);
    String update = FIELDS + "A,,2,,false,\nB,x,1.0,,,\n";
    Reply dry = Imports.importCsv(acme, "?mode=update&dryRun=true", update);
    Reply done = Imports.importCsv(acme, "?mode=update", update);
    assertThat(Imports.counts(done))
        .isEqualTo(Imports.counts(dry))
        .isEqualTo("2 = 0 inserted, 1 updated, 1 skipped, 0 failed");
    assertThat(values("A").toString())
        .isEqualTo("{\"open\":false,\"leadSize\":2,\"notes_on_size\":\"x\"}");
    String dealer = "/api/dealers/" + dealer("A").path("id").asText();
    assertThat(acme.get(dealer + "/timeline").json().at("/timeline/0/fields").toString())
        .contains("customFields.leadSize", "customFields.open")
        .doesNotContain("notes_on_size");
  }

  @Test
  void whatIsExportedImportsToTheSame() {
    Imports.importCsv(acme, "", FIELDS + "A,\"-5, '=\"\"x\",-5,2026-02-28,true,\"L, XL\"\nB,,,,,\n")
        .expect(200);
    String export = acme.get("/api/reports/export/dealers").expect(200).text();
    assertThat(export.lines().findFirst().orElseThrow())
        .endsWith(
            ",Notes,customFields.notes_on_size,Lead size,customFields.since,customFields.open,"
                + "customFields.size");
    TestClient other = SERVER.newCompany();
    define(other);
    Imports.importCsv(other, "?mode=insert", export).expect(200);
    for (String name : List.of("A", "B")) {
      assertThat(values(other, name)).as(name).isEqualTo(values(name));
    }
    // Those that came in one millisecond stand in the order of their ids.
    assertThat(other.get("/api/reports/export/dealers").text().lines())
        .containsExactlyInAnyOrderElementsOf(export.lines().toList());
  }

  @Test
  void theTemplateHasTheirColumnsAndCanBeImported() {
    String template = acme.get("/api/dealers/import-template").expect(200).text();
    assertThat(template.lines().findFirst().orElseThrow()).contains(",Notes,customFields.notes");
    Reply reply = Imports.importCsv(acme, "", template);
    assertThat(Imports.counts(reply)).startsWith("1 = 1 inserted");
    assertThat(reply.json().path("ignoredColumns")).isEmpty();
  }

  @Test
  void rowsInJsonAreHeldToTheSameRules() {
    String rows =
        """
        {"dealers": [
          {"companyName": "A", "customFields": {"leadSize": "12", "open": true, "since": null}},
          {"companyName": "B", "customFields": {"open": "maybe"}},
          {"companyName": "C", "customFields": {"unknown": 1}},
          {"companyName": "D", "customFields": {"notes_on_size": 1}},
          {"companyName": "E", "customFields": {}}]}
        """;
    JsonNode checked = acme.post("/api/dealers/check-duplicates", rows).expect(200).json();
    assertThat(checked.at("/newList/0/customFields/leadSize").asText()).isEqualTo("12");
    JsonNode done = acme.post("/api/dealers/bulk-import", rows).expect(200).json();
    assertThat(done.path("count").asInt()).isEqualTo(2);
    assertThat(done.path("errorList").findValuesAsText("code"))
        .isEqualTo(checked.path("errorList").findValuesAsText("code"))
        .containsExactly("WRONG_TYPE", "UNKNOWN", "WRONG_TYPE");
    assertThat(values("A").toString()).isEqualTo("{\"open\":true,\"leadSize\":12}");
  }

  private JsonNode values(String company) {
    return values(acme, company);
  }

  private static JsonNode values(TestClient client, String company) {
    return dealer(client, company).path("customFields");
  }

  private JsonNode dealer(String company) {
    return dealer(acme, company);
  }

  private static JsonNode dealer(TestClient client, String company) {
    return client
        .get("/api/dealers")
        .json()
        .path("dealers")
        .valueStream()
        .filter(dealer -> dealer.path("companyName").asText().equals(company))
        .findFirst()
        .orElseThrow();
  }

  private static void field(TestClient client, String key, String name, String type, String more) {
    client
        .post(
            "/api/dealers/custom-fields",
            "{\"key\": \"%s\", \"name\": \"%s\", \"type\": \"%s\"%s}"
                .formatted(key, name, type, more))
        .expect(201);
  }
}
