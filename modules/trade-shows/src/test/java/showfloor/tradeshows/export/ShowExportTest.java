package showfloor.tradeshows.export;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.links;
import static showfloor.tradeshows.Calls.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.Schema;
import showfloor.dealers.DealersDomain;
import showfloor.httpapi.Domain;
import showfloor.httpapi.Routes;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;
import showfloor.tradeshows.TradeShowsDomain;

/// The dealers of a show as CSV.
class ShowExportTest {
  private static final TestServer SERVER =
      TestServer.start(
          parts ->
              List.of(
                  new DealersDomain(parts.database()),
                  new PhotoForEachPoint(),
                  new TradeShowsDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final String show = show(acme, "Lightfair", "");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// Stands for the module that keeps photos: a dealer has as many as it has points.
  private static final class PhotoForEachPoint implements Domain {
    @Override
    public String name() {
      return "photos";
    }

    @Override
    public Schema schema() {
      String view =
          """
          CREATE OR REPLACE VIEW dealers.photos_of AS
            SELECT d.company_id, d.id AS dealer_id, d.id, NULL::json AS item
            FROM dealers.dealers d CROSS JOIN generate_series(1, d.rating)
          """;
      return new Schema(name(), List.of(new Schema.Migration(1, "V1__photos.sql", view)), Map.of());
    }

    @Override
    public void routes(Routes routes) {}

    @Override
    public InputStream openapi() {
      return new ByteArrayInputStream("openapi: 3.1.0\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aLineHasTheDealerItsLastNoteAllPhotosAndWhenItWasMet() {
    String dealer =
        acme.post(
                "/api/dealers",
                """
                {"companyName": "Lumina \\"Light\\"", "contactName": "Ana", "email": "a@b.example",
                 "phone": "1", "city": "C", "state": "S", "zip": "Z", "country": "L",
                 "address": "A", "buyingGroup": "G", "status": "Active", "rating": 3}
                """)
            .expect(201)
            .json()
            .path("id")
            .asText();
    String notes = "/api/dealers/" + dealer + "/notes";
    acme.post(notes, "{\"content\": \"old\"}").expect(201);
    acme.post(notes, "{\"content\": \"new,\\nwith a line\"}").expect(201);
    String at = acme.post(show + "/dealers/" + dealer, "").json().path("capturedAt").asText();
    assertThat(acme.get(show + "/export").expect(200).text())
        .isEqualTo(
            "Company Name,Contact Name,Email,Phone,City,State,Zip,Country,Address,Buying Group,"
                + "Status,Rating,Most Recent Note,Photo Count,Captured At\n"
                + "\"Lumina \"\"Light\"\"\",\"Ana\",\"a@b.example\",\"1\",\"C\",\"S\",\"Z\",\"L\","
                + "\"A\",\"G\",\"Active\",\"3\",\"new,\nwith a line\",\"3\",\""
                + at
                + "\"\n");
  }

  @Test
  void aDealerWithoutAnythingHasEmptyCells() {
    acme.post(show + "/dealers/" + Calls.dealer(acme, "Bare"), "").expect(201);
    assertThat(acme.get(show + "/export").text().lines().toList().get(1))
        .startsWith(
            "\"Bare\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"Prospect\",\"\",\"\",\"0\",");
  }

  @Test
  void noCellIsAFormula() {
    String dealer = Calls.dealer(acme, "=HYPERLINK(1)");
    acme.post("/api/dealers/" + dealer + "/notes", "{\"content\": \"@SUM(1)\"}").expect(201);
    acme.post(show + "/dealers/" + dealer, "").expect(201);
    String export = acme.get(show + "/export").text();
    assertThat(export).contains("\"'=HYPERLINK(1)\"", "\"'@SUM(1)\"");
    assertThat(export).doesNotContainPattern("(^|,|\n)\"[=+\\-@\t\r]");
  }

  /// What was exported is there already, and a dealer is the same wherever it was met.
  @Test
  void anExportThatIsImportedAgainIsAllDuplicates() {
    List<String> dealers = Calls.dealers(acme, 50);
    String odd = Calls.dealer(acme, "=1+1, \\\"quoted\\\" é");
    acme.post(show + "/dealers", links(dealers, List.of())).expect(200);
    acme.post(show + "/dealers/" + odd, "").expect(201);
    JsonNode report = imported(acme, acme.get(show + "/export").text());
    assertThat(report.path("total").asInt()).isEqualTo(51);
    assertThat(report.path("skipped").asInt()).isEqualTo(51);
    report
        .path("rows")
        .forEach(row -> assertThat(row.path("code").asText()).isEqualTo("DUPLICATE"));
    assertThat(imported(SERVER.newCompany(), acme.get(show + "/export").text()).path("inserted"))
        .hasToString("51");
  }

  private static JsonNode imported(TestClient client, String csv) {
    return client
        .send(
            "POST",
            "/api/dealers/import?mode=skip",
            BodyPublishers.ofString(csv),
            "Content-Type",
            "text/csv")
        .expect(200)
        .json();
  }

  @Test
  void anExportOfManyPagesIsWholeInOrderAndOneLeaseAPage() {
    List<String> dealers = Calls.dealers(acme, 2_300);
    for (int from = 0; from < dealers.size(); from += 1_000) {
      List<String> some = dealers.subList(from, Math.min(from + 1_000, dealers.size()));
      acme.post(show + "/dealers", links(some, List.of())).expect(200);
    }
    Reply[] export = new Reply[1];
    assertThat(SERVER.statementsOf(() -> export[0] = acme.get(show + "/export"))).isEqualTo(4);
    List<String> lines = export[0].text().lines().skip(1).toList();
    assertThat(lines).hasSize(2_300).doesNotHaveDuplicates();
    List<String> captured =
        lines.stream().map(line -> line.substring(line.lastIndexOf(",\""))).toList();
    assertThat(captured).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void anExportShowsTheDealersOfThisShowAlone() {
    String other = show(acme, "Other", "");
    acme.post(show + "/dealers/" + Calls.dealer(acme, "Here"), "").expect(201);
    acme.post(other + "/dealers/" + Calls.dealer(acme, "There"), "").expect(201);
    Calls.dealer(acme, "Nowhere");
    assertThat(acme.get(show + "/export").text())
        .contains("Here")
        .doesNotContain("There", "Nowhere");
    assertThat(acme.get(show(acme, "Empty", "") + "/export").text().lines()).hasSize(1);
  }

  @Test
  void theFileIsNamedAfterTheShow() {
    Reply reply = acme.get(show + "/export");
    assertThat(reply.contentType()).isEqualTo("text/csv");
    assertThat(reply.header("Content-Disposition").orElseThrow())
        .matches("attachment; filename=\"?trade-show-lightfair-\\d{4}-\\d\\d-\\d\\d\\.csv\"?.*");
  }

  @ParameterizedTest
  @CsvSource({
    "Lightfair 2026, trade-show-lightfair-2026-2026-11-27.csv",
    "'  Köln: Möbel & Licht!', trade-show-koln-mobel-licht-2026-11-27.csv",
    "'../../etc/passwd\"', trade-show-etc-passwd-2026-11-27.csv",
    "北京, trade-show-2026-11-27.csv"
  })
  void aNameBecomesThatOfAFile(String name, String file) {
    assertThat(ExportRoutes.fileName(name, LocalDate.of(2026, 11, 27))).isEqualTo(file);
  }
}
