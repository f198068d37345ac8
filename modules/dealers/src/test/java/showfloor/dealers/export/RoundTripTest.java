package showfloor.dealers.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dealers.DealersDomain;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What is exported imports again to identical data, and runs in no spreadsheet.
class RoundTripTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String[] MEMBERS = {
    "companyName",
    "contactName",
    "phone",
    "city",
    "state",
    "zip",
    "country",
    "address",
    "buyingGroup",
    "status",
    "notes"
  };
  private static final String[] PIECES = {
    "=",
    "+",
    "-",
    "@",
    "'",
    "\"",
    ",",
    ";",
    "\t",
    "\r\n",
    "\n",
    "\r",
    " ",
    "a",
    "B",
    "1",
    "\u00e9",
    "\u5317",
    "\uD83D\uDE00",
    "\uFEFF",
    "\\",
    "|",
    "%",
    "_",
    "=cmd|' /C calc'!A0"
  };

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anyTextComesBackAsItWas() {
    for (long seed = 1; seed <= 5; seed++) {
      TestClient one = server.newCompany();
      one.post("/api/dealers/bulk-import", dealers(new Random(seed), 300)).expect(200);
      String export = one.get("/api/reports/export/dealers").expect(200).text();
      TestClient other = server.newCompany();
      Reply imported =
          other.send(
              "POST",
              "/api/dealers/import?mode=insert",
              BodyPublishers.ofString(export),
              "Content-Type",
              "text/csv");
      assertThat(imported.expect(200).json().path("inserted").intValue())
          .as("seed %d", seed)
          .isEqualTo(300);
      assertThat(all(other)).as("seed %d", seed).isEqualTo(all(one));
    }
  }

  @Test
  void noCellIsAFormula() {
    TestClient client = server.newCompany();
    client.post("/api/dealers/bulk-import", dealers(new Random(7), 300)).expect(200);
    String export = client.get("/api/reports/export/dealers").expect(200).text();
    assertThat(export).doesNotContainPattern("(^|,|\n)\"[=+\\-@\t\r]");
    assertThat(export).contains("\"'=cmd|");
  }

  @Test
  void theHeaderIsThatOfTheReferenceWithNotesBehind() {
    String export = server.newCompany().get("/api/reports/export/dealers").expect(200).text();
    assertThat(export)
        .isEqualTo(
            "Company Name,Contact Name,Email,Phone,City,State,Zip,Country,Address,Buying Group,"
                + "Status,Rating,Created At,Notes\n");
  }

  @Test
  void anExportShowsOnlyTheOwnCompanyNewestFirst() {
    TestClient one = server.newCompany();
    TestClient other = server.newCompany();
    one.post("/api/dealers", "{\"companyName\": \"First\"}").expect(201);
    one.post("/api/dealers", "{\"companyName\": \"Second\"}").expect(201);
    other.post("/api/dealers", "{\"companyName\": \"Foreign\"}").expect(201);
    List<String> lines = one.get("/api/reports/export/dealers").text().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("\"Second\",");
    assertThat(lines.get(2)).startsWith("\"First\",");
  }

  @Test
  void aDealerThatCameWithAnOldDateStandsWithTheOldOnes() {
    TestClient client = server.newCompany();
    client.post("/api/dealers", "{\"companyName\": \"Today\"}").expect(201);
    importCsv(
        client, "Company,Created At\nOld,2020-01-02\nOlder,2019-01-02\nYears ago,2000-01-01\n");
    List<String> lines = client.get("/api/reports/export/dealers").text().lines().toList();
    assertThat(lines.stream().skip(1).map(line -> line.split("\"", 3)[1]))
        .containsExactly("Today", "Old", "Older", "Years ago")
        .containsExactlyElementsOf(
            client.get("/api/dealers").json().path("dealers").findValuesAsText("companyName"));
  }

  @Test
  void anExportOfManyPagesIsWholeAndOneLeaseAPage() {
    TestClient client = server.newCompany();
    client.post("/api/dealers/bulk-import", dealers(new Random(9), 2_500)).expect(200);
    int before = client.get("/api/dealers").json().at("/pagination/total").intValue();
    String[] export = new String[1];
    long statements =
        server.statementsOf(() -> export[0] = client.get("/api/reports/export/dealers").text());
    assertThat(statements).isEqualTo(4);
    TestClient other = server.newCompany();
    other
        .send(
            "POST",
            "/api/dealers/import?mode=insert",
            BodyPublishers.ofString(export[0]),
            "Content-Type",
            "text/csv")
        .expect(200);
    assertThat(other.get("/api/dealers").json().at("/pagination/total").intValue())
        .isEqualTo(before);
  }

  private static void importCsv(TestClient client, String csv) {
    client
        .send(
            "POST",
            "/api/dealers/import?mode=insert",
            BodyPublishers.ofString(csv),
            "Content-Type",
            "text/csv")
        .expect(200);
  }

  private static String dealers(Random random, int count) {
    ObjectNode body = JSON.createObjectNode().put("skipDuplicates", false);
    ArrayNode rows = body.putArray("dealers");
    for (int i = 0; i < count; i++) {
      ObjectNode row = rows.addObject();
      for (String member : MEMBERS) {
        if (random.nextInt(3) > 0) {
          row.put(member, text(random));
        }
      }
      row.put("companyName", text(random) + i);
      if (random.nextBoolean()) {
        row.put("rating", 1 + random.nextInt(5)).put("email", "+" + i + "@x.example");
      }
    }
    return body.toString();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.length() > 20 ? text.substring(0, 20) : text.toString();
  }

  /// All dealers without what belongs to the row and not to the dealer.
  private static List<JsonNode> all(TestClient client) {
    List<JsonNode> all = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = client.get("/api/dealers?limit=200" + next).expect(200).json();
      for (JsonNode dealer : page.path("dealers")) {
        all.add(((ObjectNode) dealer).without(List.of("id", "companyId", "updatedAt", "version")));
      }
      String cursor = page.at("/pagination/nextCursor").textValue();
      next = cursor == null ? "" : "&cursor=" + cursor;
    } while (!next.isEmpty());
    all.sort(Comparator.comparing(JsonNode::toString));
    return all;
  }
}
