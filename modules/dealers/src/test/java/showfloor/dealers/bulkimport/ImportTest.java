package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;
import static showfloor.dealers.bulkimport.Imports.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What an import answers, and what is there afterwards.
class ImportTest {
  private static final String FILE =
      """
      Company,Email,Phone,City
      Acme,jo@acme.example,+1 501,Cabot
      Bolt,,,
      ACME ,JO@acme.example,(15) 01,Other
      ,x@y.example,,
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
  void eachRowIsAccountedFor() {
    TestClient client = server.newCompany();
    Reply reply = importCsv(client, "", FILE);
    assertThat(counts(reply)).isEqualTo("4 = 2 inserted, 0 updated, 1 skipped, 1 failed");
    assertThat(rows(reply)).containsExactly("4 skipped DUPLICATE_IN_FILE", "5 failed REQUIRED");
    assertThat(reply.json().path("rows").get(0).path("reason").textValue())
        .isEqualTo("Same name, e-mail and phone as line 2.");
    assertThat(dealers(client)).isEqualTo(2);
    JsonNode bolt = client.get("/api/dealers?search=bolt").json().at("/dealers/0");
    assertThat(bolt.path("status").textValue()).isEqualTo("Prospect");
  }

  @Test
  void theSameFileAgainInsertsNothing() {
    TestClient client = server.newCompany();
    importCsv(client, "", FILE).expect(200);
    Reply again = importCsv(client, "?mode=skip", FILE);
    assertThat(counts(again)).isEqualTo("4 = 0 inserted, 0 updated, 3 skipped, 1 failed");
    assertThat(rows(again)).startsWith("2 skipped DUPLICATE", "3 skipped DUPLICATE");
    assertThat(again.json().at("/rows/0/existingId").textValue()).isNotEmpty();
    assertThat(dealers(client)).isEqualTo(2);
  }

  @Test
  void updateChangesWhatDiffersAndKeepsWhatTheFileLeavesEmpty() {
    TestClient client = server.newCompany();
    importCsv(client, "", FILE).expect(200);
    Reply reply =
        importCsv(
            client,
            "?mode=update",
            "Company,Email,Phone,City,Rating\nacme,jo@acme.example,1-501,,5\nBolt,,,,\nNew,,,,\n");
    assertThat(counts(reply)).isEqualTo("3 = 1 inserted, 1 updated, 1 skipped, 0 failed");
    assertThat(rows(reply)).containsExactly("2 updated DUPLICATE", "3 skipped UNCHANGED");
    JsonNode acme = client.get("/api/dealers?search=acme").json().at("/dealers/0");
    assertThat(acme.path("companyName").textValue()).isEqualTo("acme");
    assertThat(acme.path("phone").textValue()).isEqualTo("1-501");
    assertThat(acme.path("city").textValue()).isEqualTo("Cabot");
    assertThat(acme.path("rating").intValue()).isEqualTo(5);
    assertThat(acme.path("version").intValue()).isEqualTo(2);
  }

  @Test
  void insertTakesDuplicatesAsTheyCome() {
    TestClient client = server.newCompany();
    importCsv(client, "", FILE).expect(200);
    assertThat(counts(importCsv(client, "?mode=insert", FILE)))
        .isEqualTo("4 = 3 inserted, 0 updated, 0 skipped, 1 failed");
    assertThat(dealers(client)).isEqualTo(5);
  }

  @Test
  void aDryRunSaysWhatTheRealRunDoesAndDoesNothing() {
    TestClient client = server.newCompany();
    importCsv(client, "", "Company,Email,Phone,City\nBolt,,,Old\nAcme,jo@acme.example,1501,\n");
    for (String mode : ImportMode.WORDS) {
      int before = dealers(client);
      Reply dry = importCsv(client, "?dryRun=true&mode=" + mode, FILE);
      assertThat(dealers(client)).isEqualTo(before);
      Reply real = importCsv(client, "?mode=" + mode, FILE);
      assertThat(dealers(client)).isEqualTo(before + real.json().path("inserted").intValue());
      assertThat(counts(dry)).isEqualTo(counts(real));
      assertThat(dry.json().path("rows")).isEqualTo(real.json().path("rows"));
      assertThat(dry.json().path("dryRun").booleanValue()).isTrue();
    }
  }

  @Test
  void aFormFieldWorksAsWell() {
    TestClient client = server.newCompany();
    String form =
        """
        --line
        Content-Disposition: form-data; name="file"; filename="a.csv"
        Content-Type: text/csv

        Company
        Acme
        --line--
        """
            .replace("\n", "\r\n");
    Reply reply =
        client.send(
            "POST",
            "/api/dealers/import",
            BodyPublishers.ofString(form),
            "Content-Type",
            "multipart/form-data; boundary=line");
    assertThat(counts(reply)).isEqualTo("1 = 1 inserted, 0 updated, 0 skipped, 0 failed");
  }

  @Test
  void aRepeatWithTheSameKeyGetsTheFirstAnswer() {
    TestClient client = server.newCompany();
    Reply first = importCsv(client, "?mode=insert", FILE, "Idempotency-Key", "k1");
    Reply again = importCsv(client, "?mode=insert", FILE, "Idempotency-Key", "k1");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    assertThat(dealers(client)).isEqualTo(3);
    importCsv(client, "?mode=insert", FILE + "More,,,\n", "Idempotency-Key", "k1").expect(422);
  }

  @Test
  void companiesDoNotMeet() {
    TestClient one = server.newCompany();
    TestClient other = server.newCompany();
    importCsv(one, "", FILE).expect(200);
    assertThat(counts(importCsv(other, "", FILE))).startsWith("4 = 2 inserted");
    assertThat(dealers(one)).isEqualTo(2);
  }

  @Test
  void aReportIsCutAfterAThousandRows() {
    TestClient client = server.newCompany();
    Reply reply = importCsv(client, "", "Company\n" + "Acme\n".repeat(1_002));
    assertThat(counts(reply)).isEqualTo("1002 = 1 inserted, 0 updated, 1001 skipped, 0 failed");
    assertThat(reply.json().path("rows")).hasSize(1_000);
    assertThat(reply.json().path("truncated").booleanValue()).isTrue();
  }

  @Test
  void badRequestsSayWhatIsWrong() {
    TestClient client = server.newCompany();
    assertThat(importCsv(client, "", "").expect(400).json().path("code").textValue())
        .isEqualTo("CSV_EMPTY");
    assertThat(importCsv(client, "?mode=merge", FILE).expect(400).text()).contains("skip");
    importCsv(client, "?dryRun=perhaps", FILE).expect(400);
    assertThat(client.post("/api/dealers/import", "{}").status()).isEqualTo(415);
    assertThat(dealers(client)).isZero();
  }

  @Test
  void theTemplateImportsAsItIs() {
    TestClient client = server.newCompany();
    String template = client.get("/api/dealers/import-template").expect(200).text();
    Reply reply = importCsv(client, "", template);
    assertThat(counts(reply)).isEqualTo("1 = 1 inserted, 0 updated, 0 skipped, 0 failed");
    assertThat(reply.json().path("ignoredColumns")).isEmpty();
  }

  @Test
  void nothingStaysInTheStaging() {
    TestClient client = server.newCompany();
    importCsv(client, "", FILE).expect(200);
    importCsv(client, "?dryRun=true", FILE).expect(200);
    importCsv(client, "", FILE + "X,\"open\n").expect(400);
    assertThat(Staging.rows(server, client)).isZero();
  }
}
