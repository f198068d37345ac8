package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// A list of businesses as a city publishes it: what people really send. See the README beside it.
class RealBusinessesTest {
  private static TestServer server;
  private static TestClient client;
  private static String file;

  @BeforeAll
  static void start() throws IOException {
    server = Imports.server();
    client = server.newCompany();
    try (InputStream in = RealBusinessesTest.class.getResourceAsStream("businesses.csv")) {
      file = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    Reply dry = importCsv(client, "?dryRun=true", file);
    Reply real = importCsv(client, "", file);
    assertThat(counts(dry)).isEqualTo(counts(real));
    assertThat(dry.json().path("rows")).isEqualTo(real.json().path("rows"));
    assertThat(counts(real)).isEqualTo("600 = 588 inserted, 0 updated, 12 skipped, 0 failed");
    assertThat(real.json().path("ignoredColumns")).hasSize(2);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyBusinessIsThereOnceAndKnownAgain() {
    assertThat(dealers(client)).isEqualTo(588);
    assertThat(counts(importCsv(client, "?dryRun=true", file)))
        .isEqualTo("600 = 0 inserted, 0 updated, 600 skipped, 0 failed");
    JsonNode checked =
        client
            .post(
                "/api/dealers/check-duplicates",
                "{\"dealers\": [{\"companyName\": \"el rancho motel\"}, {\"companyName\": \"X\"}]}")
            .expect(200)
            .json();
    assertThat(checked.path("duplicates").intValue()).isEqualTo(1);
    assertThat(checked.at("/duplicateList/0/existing/companyName").textValue())
        .isEqualTo("EL RANCHO MOTEL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "el rancho motel | name | EL RANCHO MOTEL",
        "cross-eyed p | prefix | CROSS-EYED PIG GRILL & CATERING CO",
        "grill pig | words | CROSS-EYED PIG GRILL & CATERING CO",
        "brandadix | similar | BRANDADDIX INC",
        "alibi canabis | similar | ALIBI CANNABIS COMPANY",
        "fabrilcean | similar | FABRICLEAN SUPPLY OF ARKANSASLTD",
        "elrancho | similar | EL RANCHO MOTEL",
        "esha's treats | prefix | ESHA'S TREATS LLC",
        "eshas treats | prefix | ESHA'S TREATS LLC",
        "cepg | initials | CROSS-EYED PIG GRILL & CATERING CO",
        "anccompany | inside | ",
        "zale jewlers 1491 | similar | ZALE JEWELERS #1491",
      })
  void peopleFindWhatTheyMean(String text, String match, String first) {
    JsonNode found =
        client
            .get("/api/dealers?search=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
            .expect(200)
            .json()
            .path("dealers");
    if (first == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.at("/0/companyName").textValue()).isEqualTo(first);
      assertThat(found.at("/0/match/by").textValue()).isEqualTo(match);
    }
  }

  @Test
  void exportedBusinessesImportAgainAsTheSame() {
    String export = client.get("/api/reports/export/dealers").expect(200).text();
    assertThat(export.lines()).hasSize(589);
    assertThat(counts(importCsv(client, "?mode=update", export)))
        .isEqualTo("588 = 0 inserted, 0 updated, 588 skipped, 0 failed");
    TestClient other = server.newCompany();
    importCsv(other, "", reversed(export)).expect(200);
    assertThat(other.get("/api/reports/export/dealers").text()).isEqualTo(export);
  }

  /// Rows the other way round: an export begins with the newest, an import makes the last newest.
  private static String reversed(String csv) {
    List<String> lines = csv.lines().toList();
    return lines.getFirst()
        + "\n"
        + String.join("\n", lines.subList(1, lines.size()).reversed())
        + "\n";
  }
}
