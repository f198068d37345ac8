package showfloor.dealers.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.Sql;
import showfloor.dealers.DealersDomain;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// Which dealers may be one, why, and what it costs to find out.
class DuplicatesTest {
  private static final boolean FULL = "full".equals(System.getProperty("showfloor.proof"));
  private static final int MANY = FULL ? 100_000 : 20_000;

  /// Every hundredth has the address, and every hundredth the phone, of the one before.
  private static final Sql ADD_MANY =
      Sql.of(
          "dealers.test_add_many",
          """
          INSERT INTO dealers.dealers (
            company_id, id, company_name, email, phone, created_at, updated_at)
          SELECT :company_id, gen.id, 'Firm ' || gen.n, 'mail' || (gen.n - (gen.n % 100 = 1)::int)
              || '@firm.example', lpad((gen.n - (gen.n % 100 = 51)::int)::text, 9, '0'),
            now(), now()
          FROM (
            SELECT n, cast(md5(n::text || :company_id) AS uuid) AS id
            FROM generate_series(:first::int, :last::int) AS n) AS gen
          """);

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
  void eachGroupIsListedOnceWithAllThatItHasInCommon() {
    TestClient client = server.newCompany();
    add(client, "Twice", "t@twice.example", "555 000 1111");
    add(client, "twice ", "T@twice.example", "(555) 000-1111");
    add(client, "Mail One", "m@mail.example", "555 000 2222");
    add(client, "Other Two", "m@mail.example", "555 000 3333");
    add(client, "Phone One", "a@phone.example", "+1 501 000 4444");
    add(client, "Quite Another", "b@phone.example", "501-000-4444");
    add(client, "Lumina Lighting LLC", "", "");
    add(client, "Lumina  Lightning, Inc.", "x@lumina.example", "");
    add(client, "Alone", "alone@alone.example", "555 000 9999");
    assertThat(walk(client, 1))
        .containsExactly(
            "EXACT,SAME_EMAIL,SAME_PHONE,SIMILAR_NAME 2: Twice, twice",
            "SAME_EMAIL 2: Mail One, Other Two",
            "SAME_PHONE 2: Phone One, Quite Another",
            "SIMILAR_NAME 2: Lumina Lighting LLC, Lumina  Lightning, Inc.");
    assertThat(walk(client, 200)).isEqualTo(walk(client, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bolt & Sons         | Bolt and Sons     | true",
        "The Smith Company   | Smith Co.         | true",
        "Caf\u00e9 Stra\u00dfe | CAFE STRASE      | true",
        "Hendersson Plumbing | Hendersen Plumbing | true",
        "Motor World         | Motorworld        | true",
        "Acme                | Acne              | false",
        "Best                | Boost             | false",
        "Firm 1              | Firm 11           | false",
        "Smith Motors        | Smith Marine      | false",
        "!!!                 | ???               | false",
      })
  void namesAreNearlyTheSame(String one, String other, boolean same) {
    TestClient client = server.newCompany();
    add(client, one, "", "");
    add(client, other, "", "");
    assertThat(walk(client, 50)).hasSize(same ? 1 : 0);
  }

  @Test
  void groupsAreOfOneCompany() {
    TestClient acme = server.newCompany();
    TestClient bolt = server.newCompany();
    add(acme, "Same", "s@same.example", "5550001111");
    add(bolt, "Same", "s@same.example", "5550001111");
    assertThat(walk(acme, 50)).isEmpty();
    add(bolt, "Same", "s@same.example", "5550001111");
    assertThat(walk(acme, 50)).isEmpty();
    assertThat(walk(bolt, 50)).hasSize(1);
  }

  @Test
  void aLargeGroupShowsItsOldest() {
    TestClient client = server.newCompany();
    for (int i = 1; i <= 22; i++) {
      add(client, "Copy", "c@copy.example", "");
    }
    JsonNode group = client.get("/api/dealers/duplicates").expect(200).json().at("/groups/0");
    assertThat(group.path("size").asInt()).isEqualTo(22);
    assertThat(group.path("dealers")).hasSize(20);
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    TestClient client = server.newCompany();
    client.get("/api/dealers/duplicates?cursor=abc").expect(400);
    client.get("/api/dealers/duplicates?page=2").expect(400);
    client.get("/api/dealers/duplicates?limit=201").expect(400);
    add(client, "A", "", "");
    add(client, "B", "", "");
    String cursor = client.get("/api/dealers?limit=1").json().at("/pagination/nextCursor").asText();
    client.get("/api/dealers/duplicates?cursor=" + encoded(cursor)).expect(400);
  }

  @Test
  void manyDealersCostLittleWhateverTheStatisticsKnow() throws SQLException {
    analyze();
    TestClient client = server.newCompany();
    UUID company = UUID.fromString(client.token().substring(0, 36));
    for (int first = 1; first <= MANY; first += 5_000) {
      int from = first;
      server.in(
          company,
          () ->
              server
                  .database()
                  .execute(
                      ADD_MANY.with("company_id", company, "first", from, "last", from + 4_999)));
    }
    // Linear work takes a tenth of a second, what is quadratic does not end.
    String[] soon = {"Request-Timeout", FULL ? "2000" : "8000"};
    assertThat(first(client, soon)).hasSize(50);
    analyze();
    long start = System.nanoTime();
    assertThat(first(client, soon)).hasSize(50);
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.getLogger("test").log(System.Logger.Level.INFO, "{0} dealers: {1} ms", MANY, millis);
    assertThat(walk(client, 200)).hasSize(2 * MANY / 100 - 1);
  }

  private static JsonNode first(TestClient client, String... headers) {
    return client.get("/api/dealers/duplicates", headers).expect(200).json().path("groups");
  }

  private static void analyze() throws SQLException {
    try (Connection session =
            DriverManager.getConnection(
                TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
        Statement statement = session.createStatement()) {
      statement.execute("set role showfloor_owner");
      statement.execute("analyze dealers.dealers");
    }
  }

  /// Each group as its reasons, size and names, from the first page to the last.
  private static List<String> walk(TestClient client, int limit) {
    List<String> groups = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          client.get("/api/dealers/duplicates?limit=" + limit + cursor).expect(200).json();
      page.path("groups").forEach(group -> groups.add(shown(group)));
      String next = page.at("/pagination/nextCursor").asText();
      cursor = next.isEmpty() ? "" : "&cursor=" + encoded(next);
    } while (!cursor.isEmpty());
    return groups;
  }

  private static String shown(JsonNode group) {
    return "%s %d: %s"
        .formatted(
            String.join(",", group.path("reasons").findValuesAsText("code")),
            group.path("size").asInt(),
            group.path("dealers").findValuesAsText("companyName").stream()
                .collect(Collectors.joining(", ")));
  }

  private static String encoded(String cursor) {
    return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }

  private static void add(TestClient client, String name, String email, String phone) {
    client
        .post(
            "/api/dealers",
            "{\"companyName\": \"%s\", \"email\": \"%s\", \"phone\": \"%s\"}"
                .formatted(name, email, phone))
        .expect(201);
  }
}
