package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.profile.Calls.add;
import static showfloor.dealers.profile.Calls.names;
import static showfloor.dealers.profile.Calls.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dealers.DealersDomain;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Lists of dealers over HTTP: filters and searches.
class DealerListTest {
  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aCompanySeesItsOwnDealersOnly() {
    add(acme, "Ours", "");
    add(bolt, "Theirs", ", \"buyingGroup\": \"Secret\"");
    assertThat(names(acme, "")).containsExactly("Ours");
    assertThat(names(acme, "?search=theirs")).isEmpty();
    assertThat(acme.get("/api/dealers/buying-groups/list").expect(200).json()).isEmpty();
  }

  @Test
  void filtersHoldTogetherAndTheWordsForAllFilterNothing() {
    add(acme, "A", ", \"status\": \"Active\", \"buyingGroup\": \"IMARK\", \"rating\": 5");
    add(acme, "B", ", \"status\": \"Active\"");
    String c = add(acme, "C", ", \"buyingGroup\": \"IMARK\"");
    acme.post("/api/dealers/" + c + "/notes", "{\"content\": \"hi\"}").expect(201);
    assertThat(names(acme, "?status=Active")).containsExactly("B", "A");
    assertThat(names(acme, "?status=active")).isEmpty();
    assertThat(names(acme, "?buyingGroup=IMARK")).containsExactly("C", "A");
    assertThat(names(acme, "?status=Active&buyingGroup=IMARK&rating=5")).containsExactly("A");
    assertThat(names(acme, "?rating=0")).containsExactly("C", "B");
    assertThat(names(acme, "?has=notes")).containsExactly("C");
    assertThat(names(acme, "?has=photos")).isEmpty();
    assertThat(names(acme, "?has=recordings")).isEmpty();
    assertThat(names(acme, "?status=All%20Statuses&buyingGroup=All+Buying+Groups"))
        .containsExactly("C", "B", "A");
    assertThat(names(acme, "?status=&search=%20")).hasSize(3);
    assertThat(acme.get("/api/dealers?has=notes").json().at("/dealers/0/_count").toString())
        .isEqualTo("{\"dealerNotes\":1,\"photos\":0,\"voiceRecordings\":0,\"todos\":0}");
  }

  @Test
  void whatChangedSinceIncludesTheMomentItself() {
    add(acme, "Old", "");
    String id = add(acme, "New", "");
    JsonNode changed = acme.put("/api/dealers/" + id, "{\"city\": \"Austin\"}").expect(200).json();
    String since = changed.path("updatedAt").asText();
    assertThat(names(acme, "?updatedSince=" + since)).containsExactly("New");
    assertThat(names(acme, "?updatedSince=2999-01-01T00:00:00Z")).isEmpty();
    acme.get("/api/dealers?updatedSince=yesterday").expect(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=abc",
        "page=0",
        "page=-1",
        "page=99999999999",
        "cursor=abc",
        "cursor=AAAA&page=1",
        "rating=6",
        "rating=x",
        "has=money",
        "sort=createdat",
        "status=%00",
        "status=%ff",
        "search=%25&limit=x",
        "updatedSince=1",
        "limit=1&limit=2",
      })
  void aBadQueryIsRefused(String query) {
    assertThat(acme.get("/api/dealers?" + query).expect(400).json().path("detail").asText())
        .isNotEmpty();
  }

  @Test
  void aSearchAnswersTheBestFirstAndSaysWhy() {
    add(acme, "Old Lumina House", "");
    add(acme, "Lumina", "");
    add(acme, "Lumina Lighting", ", \"phone\": \"+1 (555) 010-4477\", \"status\": \"Active\"");
    add(acme, "Other Firm", "");
    JsonNode found = acme.get("/api/dealers?search=lumina").expect(200).json();
    assertThat(found.path("dealers").findValuesAsText("companyName"))
        .containsExactly("Lumina", "Lumina Lighting", "Old Lumina House");
    assertThat(found.path("dealers").findValuesAsText("by"))
        .containsExactly("name", "prefix", "words");
    assertThat(found.at("/pagination/total").asInt()).isEqualTo(3);
    assertThat(names(acme, "?search=lighting+lum")).containsExactly("Lumina Lighting");
    assertThat(names(acme, "?search=0104477")).containsExactly("Lumina Lighting");
    assertThat(names(acme, "?search=ll")).containsExactly("Lumina Lighting");
    assertThat(names(acme, "?search=lumnia"))
        .contains("Lumina", "Lumina Lighting")
        .doesNotContain("Other Firm");
    assertThat(names(acme, "?search=lumina&status=Active")).containsExactly("Lumina Lighting");
    assertThat(names(acme, "?search=lumina&sort=createdAt"))
        .containsExactly("Old Lumina House", "Lumina", "Lumina Lighting");
    assertThat(names(acme, "?search=lumina&limit=1&page=2")).containsExactly("Lumina Lighting");
    assertThat(walk(acme, "?search=lumina&limit=1"))
        .containsExactly("Lumina", "Lumina Lighting", "Old Lumina House");
    assertThat(walk(acme, "?search=lumina&sort=-companyName&limit=1"))
        .containsExactly("Old Lumina House", "Lumina Lighting", "Lumina");
    for (String odd : List.of("'", "%25", "_", "\\", "%F0%9F%98%80", "((", "a*", "%5B")) {
      acme.get("/api/dealers?search=" + odd.replace("\\", "%5C")).expect(200);
    }
    acme.get("/api/dealers?search=" + "x".repeat(201)).expect(400);
  }

  @Test
  void buyingGroupsAreNamedOnceInOrder() {
    for (String group : List.of("NEMRA", "IMARK", "NEMRA", "AD")) {
      add(acme, "Dealer", ", \"buyingGroup\": \"%s\"".formatted(group));
    }
    add(acme, "Alone", "");
    JsonNode groups = acme.get("/api/dealers/buying-groups/list").expect(200).json();
    assertThat(groups.toString()).isEqualTo("[\"AD\",\"IMARK\",\"NEMRA\"]");
  }
}
