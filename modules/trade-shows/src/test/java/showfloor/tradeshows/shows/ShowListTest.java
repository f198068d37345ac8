package showfloor.tradeshows.shows;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.SHOWS;
import static showfloor.tradeshows.Calls.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;

/// Lists of shows, whole and in pages.
class ShowListTest {
  private static final Sql ADD_MANY =
      Sql.of(
          "tradeshows.test_add_many",
          """
          INSERT INTO tradeshows.shows (company_id, id, name, start_date, created_at, updated_at)
          SELECT :company_id, md5(:company_id::text || n)::uuid, 'Show ' || n,
            date '2020-01-01' + n, now(), now()
          FROM generate_series(1, :count) AS n
          """);
  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void theLatestComeFirstAndThoseWithoutADateBeforeThem() {
    show(acme, "2025", ", \"startDate\": \"2025-05-01\"");
    show(acme, "undated", "");
    show(acme, "2027", ", \"startDate\": \"2027-05-01\"");
    show(acme, "2026", ", \"startDate\": \"2026-05-01\"");
    JsonNode all = acme.get(SHOWS).expect(200).json();
    assertThat(all.isArray()).isTrue();
    assertThat(all.findValuesAsText("name")).containsExactly("undated", "2027", "2026", "2025");
    assertThat(all.at("/0/_count/dealers").asInt(-1)).isZero();
  }

  @Test
  void aListCountsTheDealersOfEachShow() {
    String one = show(acme, "one", "");
    String other = show(acme, "other", "");
    List<String> dealers = Calls.dealers(acme, 5);
    acme.post(one + "/dealers", Calls.links(dealers, List.of())).expect(200);
    acme.post(other + "/dealers", Calls.links(dealers.subList(0, 2), List.of())).expect(200);
    JsonNode all = acme.get(SHOWS).json();
    assertThat(all.findValuesAsText("name")).containsExactly("other", "one");
    assertThat(all.at("/0/_count/dealers").asInt()).isEqualTo(2);
    assertThat(all.at("/1/_count/dealers").asInt()).isEqualTo(5);
    assertThat(acme.get(SHOWS + "?limit=1").json().at("/tradeShows/0/_count/dealers").asInt())
        .isEqualTo(2);
  }

  @Test
  void pagesByCursorShowEachOnceWhileOthersAreAdded() {
    for (int i = 1; i <= 7; i++) {
      String date = i % 3 == 0 ? "" : ", \"startDate\": \"2026-05-0%d\"".formatted(i % 2 + 1);
      show(acme, "S" + i, date);
    }
    List<String> whole = acme.get(SHOWS).json().findValuesAsText("name");
    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = acme.get(SHOWS + "?limit=2" + cursor).expect(200).json();
      walked.addAll(page.path("tradeShows").findValuesAsText("name"));
      if (walked.size() == 2) {
        assertThat(page.at("/pagination/total").asInt()).isEqualTo(7);
        assertThat(page.at("/pagination/totalPages").asInt()).isEqualTo(4);
        show(acme, "meanwhile", "");
      }
      String next = page.at("/pagination/nextCursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
    assertThat(walked).isEqualTo(whole);
  }

  @Test
  void pagesByNumberAreCutFromTheSameList() {
    for (int i = 1; i <= 5; i++) {
      show(acme, "S" + i, ", \"startDate\": \"2026-05-0%d\"".formatted(i));
    }
    JsonNode second = acme.get(SHOWS + "?limit=2&page=2").json();
    assertThat(second.path("tradeShows").findValuesAsText("name")).containsExactly("S3", "S2");
    assertThat(second.at("/pagination/total").asInt()).isEqualTo(5);
    JsonNode beyond = acme.get(SHOWS + "?limit=2&page=9").json();
    assertThat(beyond.path("tradeShows")).isEmpty();
    assertThat(beyond.at("/pagination/total").asInt()).isEqualTo(5);
    for (String wrong : List.of("limit=0", "limit=201", "limit=x", "page=0", "cursor=abc")) {
      acme.get(SHOWS + "?" + wrong).expect(400);
    }
  }

  @Test
  void aCursorOfAnotherCompanyIsRefused() {
    for (int i = 0; i < 3; i++) {
      show(acme, "S", "");
    }
    String next = acme.get(SHOWS + "?limit=1").json().at("/pagination/nextCursor").asText();
    String path = SHOWS + "?cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    acme.get(path).expect(200);
    assertThat(SERVER.newCompany().get(path).expect(400).json().path("code").asText())
        .isEqualTo("CURSOR_MISMATCH");
  }

  @Test
  void aWholeListEndsAtItsLimitWithAWayOn() {
    add(5_000);
    assertThat(acme.get(SHOWS).expect(200).json()).hasSize(5_000);
    show(acme, "one more", "");
    JsonNode problem = acme.get(SHOWS).expect(400).json();
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("?limit");
    assertThat(problem.path("detail").asText()).contains("5000", "limit=200", "cursor=");
    assertThat(acme.get(SHOWS + "?limit=200").json().at("/pagination/total").asInt())
        .isEqualTo(5_001);
  }

  private void add(int count) {
    var company = Calls.companyOf(acme);
    SERVER.in(
        company,
        () -> SERVER.database().execute(ADD_MANY.with("company_id", company, "count", count)));
  }
}
