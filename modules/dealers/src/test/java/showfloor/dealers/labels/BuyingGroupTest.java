package showfloor.dealers.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

/// The name in a dealer, the group, and the dealer's history of groups stay in step, whichever is
/// written.
class BuyingGroupTest {
  private static final TestServer SERVER =
      TestServer.start(8, parts -> List.of(new DealersDomain(parts.database())));
  private static final String GROUPS = "/api/dealers/buying-groups";
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private final TestClient acme = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aNameThatADealerGetsIsAGroup() {
    String dealer = dealer(", \"buyingGroup\": \"IMARK\"");
    assertThat(history(dealer)).containsExactly("IMARK " + today + " null");
    acme.put(dealer, "{\"buyingGroup\": \"AD\"}").expect(200);
    assertThat(history(dealer)).containsExactly("AD " + today + " null");
    assertThat(acme.get(GROUPS).json().findValuesAsText("name")).containsExactly("AD", "IMARK");
    assertThat(acme.get(GROUPS + "/list").json().toString()).isEqualTo("[\"AD\"]");
    acme.put(dealer, "{\"buyingGroup\": null}").expect(200);
    assertThat(history(dealer)).isEmpty();
    assertThat(acme.get(GROUPS).json().at("/buyingGroups/0/_count/dealers").asInt()).isZero();
  }

  @Test
  void membershipsHaveTheirDays() {
    String dealer = dealer("");
    String imark = group("IMARK");
    String ad = group("AD");
    move(imark, dealer, "2020-01-01").expect(200);
    move(ad, dealer, "2021-06-01").expect(200);
    assertThat(history(dealer))
        .containsExactly("AD 2021-06-01 null", "IMARK 2020-01-01 2021-06-01");
    assertThat(acme.get(dealer).json().path("buyingGroup").asText()).isEqualTo("AD");
    assertThat(move(imark, dealer, "2021-05-31").expect(409).json().path("code").asText())
        .isEqualTo("LATER_MEMBERSHIP");
    move(imark, dealer, today.plusDays(2).toString()).expect(400);
    move(imark, dealer, "soon").expect(400);
    leave(imark, dealer, "2022-01-01").expect(200);
    assertThat(history(dealer)).hasSize(2);
    leave(ad, dealer, "2022-01-01").expect(200);
    assertThat(history(dealer))
        .containsExactly("AD 2021-06-01 2022-01-01", "IMARK 2020-01-01 2021-06-01");
    assertThat(acme.get(dealer).json().path("buyingGroup").isNull()).isTrue();
  }

  @Test
  void whoComesBackOnTheDayOfLeavingNeverLeft() {
    String dealer = dealer("");
    String imark = group("IMARK");
    String ad = group("AD");
    move(imark, dealer, "2020-01-01").expect(200);
    leave(imark, dealer, "2021-01-01").expect(200);
    move(imark, dealer, "2021-01-01").expect(200);
    assertThat(history(dealer)).containsExactly("IMARK 2020-01-01 null");
    acme.put(dealer, "{\"buyingGroup\": \"AD\"}").expect(200);
    acme.put(dealer, "{\"buyingGroup\": \"IMARK\"}").expect(200);
    assertThat(history(dealer)).containsExactly("IMARK 2020-01-01 null");
    leave(imark, dealer, "2022-01-01").expect(200);
    move(ad, dealer, "2022-01-01").expect(200);
    assertThat(history(dealer))
        .containsExactly("AD 2022-01-01 null", "IMARK 2020-01-01 2022-01-01");
    assertThat(outOfStep()).isZero();
  }

  @Test
  void aRenamedGroupRenamesItsDealersAndADeletedOneLeavesThem() {
    String dealer = dealer(", \"buyingGroup\": \"IMARK\"");
    String other = dealer(", \"buyingGroup\": \"AD\"");
    String imark = GROUPS + "/" + acme.get(GROUPS).json().at("/buyingGroups/1/id").asText();
    acme.put(imark, "{\"name\": \"IMARK Group\"}").expect(200);
    assertThat(acme.get(dealer).json().path("buyingGroup").asText()).isEqualTo("IMARK Group");
    assertThat(acme.get(other).json().path("buyingGroup").asText()).isEqualTo("AD");
    assertThat(history(dealer)).containsExactly("IMARK Group " + today + " null");
    assertThat(acme.get("/api/dealers?search=imark%20group").json().path("dealers")).hasSize(1);
    assertThat(acme.get("/api/dealers?buyingGroup=IMARK%20Group").json().path("dealers"))
        .hasSize(1);
    acme.delete(imark).expect(200);
    assertThat(acme.get(dealer).json().path("buyingGroup").isNull()).isTrue();
    assertThat(acme.get(GROUPS + "/list").json().toString()).isEqualTo("[\"AD\"]");
    acme.put(dealer, "{\"buyingGroup\": \"IMARK Group\"}").expect(200);
    assertThat(acme.get(imark).status()).isEqualTo(404);
    assertThat(acme.get(GROUPS).json().findValuesAsText("name"))
        .containsExactly("AD", "IMARK Group");
  }

  @Test
  void anImportBringsGroupsAndHistory() {
    StringBuilder csv = new StringBuilder("Company,Buying Group\n");
    for (int i = 0; i < 1_500; i++) {
      csv.append("Firm ").append(i).append(i % 3 == 0 ? ",\n" : i % 3 == 1 ? ",IMARK\n" : ",AD\n");
    }
    importCsv("skip", csv.toString());
    assertThat(counts()).isEqualTo("AD 500, IMARK 500");
    importCsv("update", csv.toString().replace(",AD", ",NEMRA"));
    assertThat(counts()).isEqualTo("AD 0, IMARK 500, NEMRA 500");
    assertThat(acme.get(GROUPS + "/list").json().toString()).isEqualTo("[\"IMARK\",\"NEMRA\"]");
    String dealer =
        "/api/dealers/"
            + acme.get("/api/dealers?buyingGroup=NEMRA&limit=1")
                .json()
                .at("/dealers/0/id")
                .asText();
    assertThat(history(dealer)).containsExactly("NEMRA " + today + " null");
    assertThat(outOfStep()).isZero();
  }

  @Test
  void theDatabaseKnowsNoSecondGroupOfADayAndTakesNoHistoryFromTheModule() {
    String dealer = dealer(", \"buyingGroup\": \"IMARK\"");
    String company = acme.token().substring(0, 36);
    String id = dealer.substring(dealer.lastIndexOf('/') + 1);
    String second =
        "INSERT INTO dealers.buying_group_history SELECT company_id, dealer_id, start_date, label_id"
            + " FROM dealers.buying_group_history WHERE dealer_id = '%s'".formatted(id);
    assertThatThrownBy(() -> Owner.inCompany(company, second))
        .rootCause()
        .hasMessageContaining("buying_group_history_pkey");
    for (String write :
        List.of(
            second,
            "UPDATE dealers.buying_group_history SET start_date = '2000-01-01'",
            "DELETE FROM dealers.buying_group_history")) {
      assertThatThrownBy(() -> Owner.asModule(company, write))
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void whateverManyDoAtOnceEndsInStep() throws Exception {
    List<String> dealers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      dealers.add(dealer(""));
    }
    List<String> groups = new ArrayList<>(List.of(group("G0"), group("G1")));
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int n = i;
      String dealer = dealers.get(n % 8);
      String group = groups.get(n % 2);
      calls.add(
          switch (n % 6) {
            case 0 -> () -> acme.put(dealer, "{\"buyingGroup\": \"G%d\"}".formatted(n % 4));
            case 1 -> () -> move(group, dealer, today.toString());
            case 2 -> () -> acme.put(group, "{\"name\": \"G%d\"}".formatted(n % 5));
            case 3 -> () -> leave(group, dealer, today.toString());
            case 4 -> () -> acme.patch(dealer, "{\"buyingGroup\": null}");
            default -> () -> n % 30 == 5 ? acme.delete(group) : acme.get(dealer);
          });
    }
    // No more than there are connections: they are to meet in the tables, not in the queue.
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        assertThat(reply.get().status()).isIn(200, 404, 409);
      }
    }
    assertThat(outOfStep()).isZero();
  }

  /// How many dealers have another name than their last group.
  private int outOfStep() {
    return Owner.count(
        acme.token().substring(0, 36),
        """
        SELECT count(*) FROM dealers.dealers d WHERE d.buying_group IS DISTINCT FROM (
          SELECT l.name FROM dealers.buying_group_history h
            LEFT JOIN dealers.labels l ON l.id = h.label_id AND l.deleted_at IS NULL
          WHERE h.dealer_id = d.id ORDER BY h.start_date DESC LIMIT 1)
        """);
  }

  private void importCsv(String mode, String csv) {
    acme.send(
            "POST",
            "/api/dealers/import?mode=" + mode,
            BodyPublishers.ofString(csv),
            "Content-Type",
            "text/csv")
        .expect(200);
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    for (JsonNode group : acme.get(GROUPS).json().path("buyingGroups")) {
      counts.add(group.path("name").asText() + " " + group.at("/_count/dealers").asInt());
    }
    return String.join(", ", counts);
  }

  private List<String> history(String dealer) {
    List<String> lines = new ArrayList<>();
    for (JsonNode line : acme.get(dealer).expect(200).json().path("buyingGroupHistory")) {
      lines.add(
          "%s %s %s"
              .formatted(
                  line.path("name").asText(),
                  line.path("startDate").asText(),
                  line.path("endDate").asText()));
    }
    return lines;
  }

  private Reply move(String group, String dealer, String date) {
    return moved(group, "add", dealer, date);
  }

  private Reply leave(String group, String dealer, String date) {
    return moved(group, "remove", dealer, date);
  }

  private Reply moved(String group, String how, String dealer, String date) {
    String id = dealer.substring(dealer.lastIndexOf('/') + 1);
    return acme.post(
        group + "/dealers", "{\"%s\": [\"%s\"], \"date\": \"%s\"}".formatted(how, id, date));
  }

  private String group(String name) {
    return acme.post(GROUPS, "{\"name\": \"%s\"}".formatted(name))
        .expect(201)
        .header("Location")
        .orElseThrow();
  }

  private String dealer(String more) {
    return acme.post("/api/dealers", "{\"companyName\": \"Lumina\"%s}".formatted(more))
        .expect(201)
        .header("Location")
        .orElseThrow();
  }
}
