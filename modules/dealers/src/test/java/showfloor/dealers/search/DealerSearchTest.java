package showfloor.dealers.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dealers.DealersDomain;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What a search finds, why, and what it may never find.
class DealerSearchTest {
  private static final Filter ALL = Filter.NONE;

  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(parts -> List.of(new DealersDomain(parts.database())));
    client = server.newCompany();
    add(client, "B & S Auto", "", "(501) 555-0123");
    add(client, "Best Services", "Ann Skulnik", "");
    add(client, "Henderson Plumbing", "", "");
    add(client, "Caf\u00e9 Stra\u00dfe", "", "");
    add(client, "100% Wool_Mill", "", "");
    add(client, "Smith Motors", "", "");
    add(client, "Motor World", "", "");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "b & s auto, NAME, B & S Auto",
    "B&S, PREFIX, B & S Auto",
    "bsa, INITIALS, B & S Auto",
    "555-0123, PHONE, B & S Auto",
    "skulnik, WORDS, Best Services",
    "services best, WORDS, Best Services",
    "hendersn, SIMILAR, Henderson Plumbing",
    "hednerson plumbng, SIMILAR, Henderson Plumbing",
    "smtih, SIMILAR, Smith Motors",
    "cafe strase, NAME, Caf\u00e9 Stra\u00dfe",
    "mbing, INSIDE, Henderson Plumbing",
    "motorworld, SIMILAR, Motor World",
    "motor, PREFIX, Motor World",
  })
  void theBestHitIsWhatWasMeant(String text, Match match, String name) {
    List<DealerSearch.Hit> hits = hits(client, text, ALL);
    assertThat(hits).isNotEmpty();
    assertThat(hits.getFirst().match()).isEqualTo(match);
    assertThat(nameOf(hits.getFirst())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "' OR 1=1 --", "((((", "[a-z]*", "zzzzqqqq", "|"})
  void signsFindNothingAndBreakNothing(String text) {
    assertThat(hits(client, text, ALL)).isEmpty();
  }

  @Test
  void signsOfPatternsAreNoPatterns() {
    assertThat(hits(client, "100%", ALL)).hasSize(1);
    assertThat(hits(client, "wool_mill", ALL)).hasSize(1);
  }

  @Test
  void noSearchFindsDealersOfAnotherCompany() {
    TestClient other = server.newCompany();
    add(other, "Henderson Foreign", "Ann Skulnik", "(501) 555-0123");
    List<UUID> own =
        client
            .get("/api/dealers?limit=200")
            .json()
            .path("dealers")
            .valueStream()
            .map(dealer -> UUID.fromString(dealer.path("id").textValue()))
            .toList();
    for (String text :
        List.of("henderson", "skulnik", "5550123", "hf", "hendersn", "foreign", "oreig", "h")) {
      assertThat(hits(client, text, ALL)).extracting(DealerSearch.Hit::id).isSubsetOf(own);
      assertThat(hits(other, text, ALL))
          .extracting(DealerSearch.Hit::id)
          .doesNotContainAnyElementsOf(own);
    }
    assertThat(hits(other, "foreign", ALL)).hasSize(1);
  }

  @Test
  void filtersHoldForEveryHit() {
    TestClient company = server.newCompany();
    company
        .post(
            "/api/dealers",
            "{\"companyName\": \"Acme One\", \"status\": \"Active\", \"rating\": 4,"
                + " \"buyingGroup\": \"G\"}")
        .expect(201);
    add(company, "Acme Two", "", "");
    assertThat(hits(company, "acme", ALL)).hasSize(2);
    assertThat(hits(company, "acme", filter("Active", null, null, null))).hasSize(1);
    assertThat(hits(company, "acme", filter(null, 4, null, null))).hasSize(1);
    assertThat(hits(company, "acme", filter(null, 0, null, null))).hasSize(1);
    assertThat(hits(company, "acme", filter(null, null, "G", null))).hasSize(1);
    for (String has : Filter.HAS) {
      assertThat(hits(company, "acme", filter(null, null, null, has))).isEmpty();
    }
    UUID nobodys = UUID.randomUUID();
    for (Filter other :
        List.of(
            new Filter(null, null, null, null, nobodys, null, null, null),
            new Filter(null, null, null, null, null, nobodys, null, null),
            new Filter(null, null, null, null, null, null, nobodys, null))) {
      assertThat(hits(company, "acme", other)).isEmpty();
    }
    Filter late =
        new Filter(null, null, null, null, null, null, null, Instant.now().plusSeconds(60));
    assertThat(hits(company, "acme", late)).isEmpty();
  }

  @Test
  void aChangedNameIsFoundUnderTheNewOneAndItsSlips() {
    TestClient company = server.newCompany();
    String id = add(company, "Oldname", "", "");
    company.patch("/api/dealers/" + id, "{\"companyName\": \"Brandnewish\"}").expect(200);
    assertThat(hits(company, "oldname", ALL)).isEmpty();
    assertThat(hits(company, "brandnewsih", ALL)).hasSize(1);
  }

  @Test
  void hitsAreAtMostAThousandEachOnce() {
    TestClient company = server.newCompany();
    String rows =
        IntStream.range(0, 1_100)
            .mapToObj(i -> "{\"companyName\": \"Acme %d\"}".formatted(i))
            .collect(Collectors.joining(","));
    company.post("/api/dealers/bulk-import", "{\"dealers\": [" + rows + "]}").expect(200);
    List<DealerSearch.Hit> hits = hits(company, "acme", ALL);
    assertThat(hits).hasSize(DealerSearch.HITS_MAX).doesNotHaveDuplicates();
    assertThat(walk(company, "/api/dealers?search=acme&limit=150"))
        .hasSize(DealerSearch.HITS_MAX)
        .doesNotHaveDuplicates();
    assertThat(hits(company, "acme 7", ALL))
        .extracting(DealerSearch.Hit::id)
        .doesNotHaveDuplicates();
    assertThat(hits(company, "acme 7", ALL).getFirst().match()).isEqualTo(Match.NAME);
  }

  private static Filter filter(
      @Nullable String status,
      @Nullable Integer rating,
      @Nullable String buyingGroup,
      @Nullable String has) {
    return new Filter(status, rating, buyingGroup, has, null, null, null, null);
  }

  private static List<DealerSearch.Hit> hits(TestClient client, String text, Filter filter) {
    UUID company = UUID.fromString(client.token().substring(0, 36));
    return server.in(company, () -> DealerSearch.hits(server.database(), text, filter));
  }

  private static String nameOf(DealerSearch.Hit hit) {
    return client.get("/api/dealers/" + hit.id()).json().path("companyName").textValue();
  }

  private static String add(TestClient client, String name, String contact, String phone) {
    return client
        .post(
            "/api/dealers",
            "{\"companyName\": \"%s\", \"contactName\": \"%s\", \"phone\": \"%s\"}"
                .formatted(name, contact, phone))
        .expect(201)
        .json()
        .path("id")
        .textValue();
  }

  @Test
  void equallyGoodHitsStandByTheirNamesAcrossPages() {
    TestClient company = server.newCompany();
    String[] made = {"Zz Acme", "Bb Acme", "Aa Acme", "Mm Acme", "Aa acme"};
    for (String name : made) {
      add(company, name, "", "");
    }
    // Often enough for the driver to read numbers in its other way.
    for (int i = 0; i < 10; i++) {
      assertThat(walk(company, "/api/dealers?search=acme&limit=1"))
          .containsExactly("Aa Acme", "Aa acme", "Bb Acme", "Mm Acme", "Zz Acme");
    }
  }

  @Test
  void loneLettersAreLookedForAtTheBeginningsOfWordsOnly() {
    TestClient company = server.newCompany();
    add(company, "Box Aqua Zone", "", "");
    assertThat(hits(company, "b a z", ALL)).hasSize(1);
    assertThat(hits(company, "x q", ALL)).isEmpty();
    assertThat(hits(company, "x q ne", ALL)).isEmpty();
    assertThat(hits(company, "x qua", ALL)).hasSize(1);
  }

  private static List<String> walk(TestClient client, String path) {
    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get(path + cursor).expect(200).json();
      walked.addAll(page.path("dealers").findValuesAsText("companyName"));
      String next = page.at("/pagination/nextCursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return walked;
  }
}
