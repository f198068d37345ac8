package showfloor.tradeshows.links;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.tradeshows.Calls.links;
import static showfloor.tradeshows.Calls.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.tradeshows.Calls;

/// What dealers tell of the shows at which they were met.
class DealersOfShowTest {
  private static final TestServer SERVER = Calls.server();

  private final TestClient acme = SERVER.newCompany();
  private final String show =
      show(acme, "Lightfair", ", \"startDate\": \"2026-11-23\", \"description\": \"Booth\"");
  private final String id = show.substring(show.lastIndexOf('/') + 1);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aDealerIsAnsweredWithItsShowsAsTheyAreAnsweredThemselves() {
    String dealer = Calls.dealer(acme, "Lumina");
    String path = "/api/dealers/" + dealer;
    String before = acme.get(path).header("ETag").orElseThrow();
    JsonNode link = acme.post(show + "/dealers/" + dealer, "").expect(201).json();
    JsonNode met = acme.get(path, "If-None-Match", before).expect(200).json().at("/tradeShows/0");
    link.properties()
        .forEach(member -> assertThat(met.get(member.getKey())).isEqualTo(member.getValue()));
    JsonNode whole = acme.get(show).json();
    assertThat(met.path("tradeShow").properties()).hasSize(10);
    met.path("tradeShow")
        .properties()
        .forEach(member -> assertThat(whole.get(member.getKey())).isEqualTo(member.getValue()));
    String linked = acme.get(path).header("ETag").orElseThrow();
    acme.put(show, "{\"name\": \"Other\", \"startDate\": null}").expect(200);
    JsonNode renamed = acme.get(path, "If-None-Match", linked).expect(200).json();
    assertThat(renamed.at("/tradeShows/0/tradeShow/name").asText()).isEqualTo("Other");
    assertThat(renamed.at("/tradeShows/0/tradeShow/startDate").isNull()).isTrue();
    acme.delete(show).expect(200);
    assertThat(acme.get(path).json().path("tradeShows")).isEmpty();
  }

  @Test
  void aListIsCutDownToTheDealersOfAShow() {
    List<String> dealers = Calls.dealers(acme, 12);
    List<String> here = dealers.subList(3, 10);
    acme.post(show + "/dealers", links(here, List.of())).expect(200);
    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = acme.get("/api/dealers?limit=3&show=" + id + cursor).expect(200).json();
      assertThat(page.at("/pagination/total").asInt()).isEqualTo(7);
      walked.addAll(page.path("dealers").findValuesAsText("id"));
      String next = page.at("/pagination/nextCursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertThat(walked).containsExactlyElementsOf(here);
    String some = acme.get("/api/dealers/" + here.getFirst()).json().path("companyName").asText();
    String search = "/api/dealers?search=" + some.replace(" ", "+") + "&show=";
    assertThat(acme.get(search + id).json().path("dealers").findValuesAsText("id"))
        .contains(here.getFirst())
        .isSubsetOf(here);
  }

  @Test
  void theShowOfAnotherCompanyHasNoDealers() {
    TestClient bolt = SERVER.newCompany();
    acme.post(show + "/dealers/" + Calls.dealer(acme, "Lumina"), "").expect(201);
    Calls.dealer(bolt, "Lumina");
    for (String foreign : List.of(id, UUID.randomUUID().toString())) {
      for (String search : List.of("", "&search=lumina")) {
        JsonNode found = bolt.get("/api/dealers?show=" + foreign + search).expect(200).json();
        assertThat(found.path("dealers")).isEmpty();
      }
    }
  }
}
