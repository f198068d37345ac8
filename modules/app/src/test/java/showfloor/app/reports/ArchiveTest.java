package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.app.Running;
import showfloor.testing.Reply;

/// Everything of a company goes out whole, and comes back without a difference.
class ArchiveTest {
  private static final String COMPANIES = Archive.table("auth.companies");
  private static final String TODOS = Archive.table("todos.todos");

  private static Running server;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start("LIMITS_BURST", "100000");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatComesBackIsWhatWentOut() throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    Company heir = Company.in(server);
    JsonNode restored = archive.restoreInto(heir).expect(200).json();
    assertThat(restored.at("/files/written").asInt()).isEqualTo(1);
    assertAllWritten(restored);
    Archive again = Archive.of(heir);
    assertThat(again.entries().keySet()).isEqualTo(archive.entries().keySet());
    Map<String, String> data = ofTheData(again);
    ofTheData(archive).forEach((name, text) -> assertThat(data.get(name)).as(name).isEqualTo(text));
    assertThat(archive.text(Archive.table("dealers.changes")).lines()).hasSizeGreaterThan(10);
    Company third = Company.in(server);
    again.restoreInto(third).expect(200);
    assertThat(ofTheData(Archive.of(third))).as("and so on").isEqualTo(data);
  }

  @Test
  void eachEntryHasItsHash() throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    String sums = archive.text(Archive.SUMS);
    assertThat(sums.lines()).hasSize(archive.entries().size() - 1);
    for (String line : sums.lines().toList()) {
      assertThat(line.substring(0, 64)).isEqualTo(Archive.sha256(archive.text(line.substring(66))));
    }
  }

  @Test
  void oneThatWasCutOffGoesOnAndNothingIsThereTwice() throws Exception {
    byte[] archive = Archive.bytesOf(Archive.filled(server));
    Company heir = Company.in(server);
    for (int part = 1; part < 9; part++) {
      Archive.restore(heir, Arrays.copyOf(archive, archive.length * part / 12)).expect(400);
    }
    Archive.restore(heir, archive).expect(200);
    assertThat(ofTheData(Archive.of(heir))).isEqualTo(ofTheData(Archive.read(archive)));
    Reply again = Archive.restore(heir, archive).expect(409);
    assertThat(again.json().path("code").asText()).isEqualTo("COMPANY_NOT_EMPTY");
    assertThat(ofTheData(Archive.of(heir))).isEqualTo(ofTheData(Archive.read(archive)));
  }

  /// Whoever did something is known by name, and cannot sign in.
  @Test
  void usersComeBackAsNames() throws Exception {
    Company acme = Archive.filled(server);
    String ann = acme.client().get("/api/auth/me").json().at("/user/email").asText();
    Company heir = Company.in(server);
    Archive.of(acme).restoreInto(heir).expect(200);
    Archive again = Archive.of(heir);
    assertThat(again.text(Archive.table("auth.former_users"))).contains(ann).hasLineCount(1);
    assertThat(again.text(Archive.table("auth.users"))).doesNotContain(ann);
    assertThat(heir.client().get("/api/auth/users").text()).doesNotContain(ann);
    acme.client().get("/api/auth/me").expect(200);
  }

  /// Whoever is to do something is no user of the heir.
  @Test
  void toDosComeBackWithoutAnAssigneeWhoIsNotThere() throws Exception {
    Company acme = Archive.filled(server);
    Archive archive = Archive.of(acme);
    assertThat(archive.text(TODOS)).contains("\"assignee_id\": \"%s\"".formatted(acme.owner()));
    Company heir = Company.in(server);
    archive.restoreInto(heir).expect(200);
    assertThat(Archive.of(heir).text(TODOS))
        .contains("\"title\": \"Call\"", "\"assignee_id\": null")
        .doesNotContain("\"assignee_id\": \"");
  }

  /// Its days begin when they did; its name is its own.
  @Test
  void theTimeZoneComesBackAndNothingElseOfTheCompany() throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    Company heir = Company.in(server);
    String before = Archive.of(heir).text(COMPANIES);
    archive.restoreInto(heir).expect(200);
    assertThat(Archive.of(heir).text(COMPANIES))
        .isEqualTo(
            before
                .replace("\"time_zone\": \"UTC\"", "\"time_zone\": \"%s\"".formatted(Archive.ZONE))
                .replace("\"version\": 1", "\"version\": 2"));
  }

  /// What was told by an archive is not taken for what was recorded here.
  @Test
  void historySaysWhichArchiveToldIt() throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    Company heir = Company.in(server);
    String id = archive.restoreInto(heir).expect(200).json().path("archiveId").asText();
    JsonNode dealer = heir.client().get("/api/dealers?search=barton").json().at("/dealers/0");
    String path = "/api/dealers/" + dealer.path("id").asText();
    heir.client().patch(path, "{\"city\": \"Reno\"}").expect(200);
    JsonNode entries = heir.client().get(path + "/timeline").expect(200).json().path("timeline");
    assertThat(entries.get(0).has("archiveId")).as(entries.toString()).isFalse();
    assertThat(entries.findValuesAsText("archiveId")).hasSizeGreaterThan(3).containsOnly(id);
  }

  /// Without the time of a rating: it is no younger than the dealer's last change.
  @Test
  void anArchiveFromBeforeRatesAsOfTheLastChange() throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    String table = Archive.table("dealers.dealers");
    String before = archive.text(table).replaceAll("\"rated_at\": [^,}]*, ", "");
    assertThat(before).isNotEqualTo(archive.text(table)).doesNotContain("rated_at");
    Company heir = Company.in(server);
    archive.with(table, before).restoreInto(heir).expect(200);
    for (String line : Archive.of(heir).text(table).lines().toList()) {
      JsonNode dealer = new JsonMapper().readTree(line);
      JsonNode unrated = dealer.path("rating");
      assertThat(dealer.path("rated_at"))
          .isEqualTo(unrated.isNull() ? unrated : dealer.path("updated_at"));
    }
  }

  @Test
  void aCompanyWithDataKeepsItAlone() throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    Company busy = Company.in(server);
    busy.dealer("Mine");
    archive.restoreInto(busy).expect(409);
    assertThat(busy.client().get("/api/dealers").json().at("/pagination/total").asInt())
        .isEqualTo(1);
  }

  /// A name is there once: the archive's would be lost beside one that the company has made.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          groups        | {"name": "Some"}
          products      | {"name": "Some"}
          buying-groups | {"name": "AD"}
          custom-fields | {"key": "size", "name": "Mine", "type": "number"}
          """)
  void aCompanyWithNamesOfItsOwnIsTold(String kind, String json) throws Exception {
    Archive archive = Archive.of(Archive.filled(server));
    Company heir = Company.in(server);
    String path = "/api/dealers/" + kind;
    String mine = heir.add(path, json);
    JsonNode refused = archive.restoreInto(heir).expect(409).json();
    assertThat(refused.path("code").asText()).isEqualTo("COMPANY_NOT_EMPTY");
    assertThat(refused.path("detail").asText()).contains(kind.replace('-', ' '));
    heir.client().delete(path + "/" + mine).expect(200);
    assertAllWritten(archive.restoreInto(heir).expect(200).json());
  }

  /// The company of an archive's rows is who sends it, whatever they say.
  @Test
  void noRowGetsIntoAnotherCompany() throws Exception {
    Company victim = Company.in(server);
    String foreign = victim.client().get("/api/auth/me").json().at("/user/companyId").asText();
    Archive archive = Archive.of(Archive.filled(server));
    Company heir = Company.in(server);
    for (String name : List.copyOf(archive.entries().keySet())) {
      if (name.startsWith("tables/dealers")) {
        archive =
            archive.with(
                name, archive.text(name).replace("{", "{\"company_id\": \"" + foreign + "\", "));
      }
    }
    Reply refused = archive.restoreInto(heir).expect(400);
    assertThat(refused.text()).contains("has an unknown member company_id");
    assertThat(victim.client().get("/api/dealers").json().at("/pagination/total").asInt()).isZero();
    assertThat(heir.client().get("/api/dealers").json().at("/pagination/total").asInt()).isZero();
  }

  private static void assertAllWritten(JsonNode restored) {
    assertThat(restored.path("tables")).isNotEmpty();
    for (JsonNode table : restored.path("tables")) {
      assertThat(table.path("read").asInt()).as(table.toString()).isPositive();
      assertThat(table.path("written")).as(table.toString()).isEqualTo(table.path("read"));
    }
  }

  /// What cannot be the same: which archive it is, the company that it is of, but for its time
  /// zone, and its users, to whom nothing is assigned any more.
  private static Map<String, String> ofTheData(Archive archive) {
    Map<String, String> data = new LinkedHashMap<>(archive.entries());
    data.keySet()
        .removeAll(
            Set.of(
                "manifest.json",
                Archive.SUMS,
                Archive.table("auth.users"),
                Archive.table("auth.former_users")));
    data.computeIfPresent(
        COMPANIES, (_, text) -> text.replaceFirst(".*(\"time_zone\": \"[^\"]*\").*", "$1"));
    data.computeIfPresent(
        TODOS, (_, text) -> text.replaceAll("(\"assignee_id\": )\"[^\"]*\"", "$1null"));
    return data;
  }
}
