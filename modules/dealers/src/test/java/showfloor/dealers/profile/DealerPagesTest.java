package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.profile.Calls.add;
import static showfloor.dealers.profile.Calls.names;
import static showfloor.dealers.profile.Calls.next;
import static showfloor.dealers.profile.Calls.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.Sql;
import showfloor.dealers.DealersDomain;
import showfloor.dealers.search.Filter;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.Totals;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// Pages of dealers over HTTP: orders, cursors, totals, statements.
class DealerPagesTest {
  private static final Sql FILL =
      Sql.of(
          "dealers.fill_for_test",
          """
          INSERT INTO dealers.dealers (company_id, id, company_name, created_at, updated_at)
          SELECT :company, md5(:company::text || i)::uuid, 'Filler ' || i, now(), now()
          FROM generate_series(1, :rows::int) i
          """);

  private static final TestServer SERVER =
      TestServer.start(parts -> List.of(new DealersDomain(parts.database())));

  private final TestClient acme = SERVER.newCompany();
  private final TestClient bolt = SERVER.newCompany();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-createdAt", "companyName", "-updatedAt", "rating"})
  void whileDealersAreAddedAWalkByCursorLosesNoneAndRepeatsNone(String sort) throws Exception {
    Set<String> before = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      before.add(add(acme, "Before " + i, ", \"rating\": " + (1 + i % 5)));
    }
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !done.get(); i++) {
                    add(acme, "Amid " + i, ", \"rating\": " + (1 + i % 5));
                  }
                });
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = acme.get("/api/dealers?limit=7&sort=" + sort + cursor).expect(200).json();
      page.path("dealers").forEach(dealer -> seen.add(dealer.path("id").asText()));
      cursor = next(page);
    } while (!cursor.isEmpty() && seen.size() < 5_000);
    done.set(true);
    writer.join();
    assertThat(seen).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  void aCursorBelongsToItsCompanyFiltersAndOrder() {
    for (int i = 0; i < 3; i++) {
      add(acme, "Twin " + i, "");
    }
    String plain = next(acme.get("/api/dealers?limit=1").json());
    String found = next(acme.get("/api/dealers?limit=1&search=twin").json());
    acme.get("/api/dealers?limit=2" + plain).expect(200);
    acme.get("/api/dealers?limit=2&search=twin" + found).expect(200);
    for (String path :
        List.of(
            "?sort=createdAt" + plain,
            "?status=Active" + plain,
            "?search=twin" + plain,
            "?search=twin&sort=rating" + found,
            "?search=other" + found)) {
      assertThat(acme.get("/api/dealers" + path).expect(400).json().path("code").asText())
          .isEqualTo("CURSOR_MISMATCH");
    }
    bolt.get("/api/dealers?limit=2" + plain).expect(400);
    String cut = plain.substring(0, plain.length() - 3);
    assertThat(acme.get("/api/dealers?limit=1" + cut).expect(400).json().path("code").asText())
        .isEqualTo("INVALID_CURSOR");
  }

  @ParameterizedTest
  @CsvSource({
    "-createdAt, +300000-01-01T00:00:00Z",
    "-createdAt, -0001-01-01T00:00:00Z",
    "-updatedAt, +1000000000-12-31T23:59:59Z",
    "-rating, 99999999999",
    "-rating, -1",
  })
  void aForgedPlaceIsNoPlace(String sort, String key) {
    String hash = anything(null).cursorHash(DealerOrder.of(sort).name());
    String cursor = Cursor.encode(hash, key, UUID.randomUUID().toString());
    Reply reply = acme.get("/api/dealers?sort=" + sort + "&cursor=" + cursor).expect(400);
    assertThat(reply.json().path("code").asText()).isEqualTo("INVALID_CURSOR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-1", "2", "x"})
  void aForgedScoreIsNoPlace(String score) {
    add(acme, "Acme", "");
    String[] key = {"NAME", score, "acme", UUID.randomUUID().toString()};
    String cursor = Cursor.encode(anything("acme").cursorHash("best first"), key);
    Reply reply = acme.get("/api/dealers?search=acme&cursor=" + cursor).expect(400);
    assertThat(reply.json().path("code").asText()).isEqualTo("INVALID_CURSOR");
  }

  private DealerFilter anything(@Nullable String search) {
    UUID company = UUID.fromString(acme.token().substring(0, 36));
    return new DealerFilter(company, search, Filter.NONE);
  }

  @Test
  void pagesCountAllAndBeyondTheLastThereIsNothing() {
    for (int i = 0; i < 5; i++) {
      add(acme, "Dealer " + i, "");
    }
    JsonNode page = acme.get("/api/dealers?limit=2&page=3").expect(200).json().path("pagination");
    assertThat(page.toString()).isEqualTo("{\"total\":5,\"page\":3,\"limit\":2,\"totalPages\":3}");
    JsonNode beyond = acme.get("/api/dealers?limit=2&page=9").expect(200).json();
    assertThat(beyond.path("dealers")).isEmpty();
    assertThat(beyond.at("/pagination/total").asInt()).isEqualTo(5);
  }

  @Test
  void aLargeTotalIsExactForPagesAndALowerBoundForCursors() {
    UUID company = UUID.fromString(acme.token().substring(0, 36));
    int rows = Totals.CHEAP + 50;
    SERVER.in(
        company, () -> SERVER.database().execute(FILL.with("company", company, "rows", rows)));
    JsonNode first = acme.get("/api/dealers").expect(200).json();
    assertThat(first.at("/pagination/total").asInt()).isEqualTo(rows);
    assertThat(first.at("/pagination/totalIsLowerBound").isMissingNode()).isTrue();
    assertThat(SERVER.statementsOf(() -> acme.get("/api/dealers?page=2").expect(200)))
        .as("the total is remembered")
        .isEqualTo(1);
    JsonNode second = acme.get("/api/dealers?" + next(first).substring(1)).expect(200).json();
    assertThat(second.at("/pagination/total").asInt()).isEqualTo(Totals.CHEAP);
    assertThat(second.at("/pagination/totalIsLowerBound").asBoolean()).isTrue();
  }

  @Test
  void placesWithOneKeyGoOnById() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ids.add(add(acme, "Same Name", ""));
    }
    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = acme.get("/api/dealers?sort=companyName&limit=2" + cursor).json();
      page.path("dealers").forEach(dealer -> walked.add(dealer.path("id").asText()));
      cursor = next(page);
    } while (!cursor.isEmpty());
    ids.sort(Comparator.naturalOrder());
    assertThat(walked).containsExactlyElementsOf(ids);
  }

  @Test
  void everyOrderIsKeptInBothDirectionsAndAcrossPages() {
    String[] made = {"beta", "Älpha", "Gamma", "alpha", "Delta"};
    for (int i = 0; i < made.length; i++) {
      String rating = i % 2 == 0 ? ", \"rating\": " + (i + 1) : "";
      add(acme, made[i], rating);
    }
    assertThat(names(acme, "?sort=createdAt")).containsExactly(made);
    assertThat(names(acme, "?sort=companyName"))
        .containsExactly("Älpha", "alpha", "beta", "Delta", "Gamma");
    assertThat(names(acme, "?sort=-rating").subList(0, 3))
        .containsExactly("Delta", "Gamma", "beta");
    assertThat(names(acme, "?sort=-updatedAt").getFirst()).isEqualTo("Delta");
    for (String field : List.of("createdAt", "updatedAt", "companyName", "rating")) {
      List<String> up = names(acme, "?sort=" + field);
      assertThat(names(acme, "?sort=-" + field)).containsExactlyElementsOf(up.reversed());
      assertThat(walk(acme, "?limit=2&sort=" + field)).containsExactlyElementsOf(up);
      assertThat(walk(acme, "?limit=2&sort=-" + field)).containsExactlyElementsOf(up.reversed());
      List<String> pages = new ArrayList<>(names(acme, "?limit=2&page=1&sort=" + field));
      pages.addAll(names(acme, "?limit=2&page=2&sort=" + field));
      pages.addAll(names(acme, "?limit=2&page=3&sort=" + field));
      assertThat(pages).containsExactlyElementsOf(up);
    }
    assertThat(acme.get("/api/dealers?sort=phone").expect(400).text())
        .contains("-createdAt")
        .contains("companyName");
  }
}
