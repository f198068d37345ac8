package showfloor.auth.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.auth.AuthServers;
import showfloor.auth.Team;
import showfloor.dbapi.Sql;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class PreferencesTest {
  private static final TestServer SERVER = AuthServers.start();
  private static final String PATH = "/api/auth/preferences";
  private static final Sql FIND_ZONE =
      Sql.of("auth.test_find_zone", "select z.time_zone from auth.company_zones z");

  private final Team acme = Team.of(SERVER.client());
  private final TestClient owner = acme.owner();
  private final TestClient member = acme.make().join(SERVER.client());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void beginWithTheDefaults() {
    assertThat(owner.get(PATH).expect(200).text())
        .isEqualTo("{\"timeZone\":\"UTC\",\"dailyEmailReminders\":true,\"marketingEmails\":false}");
  }

  @Test
  void changeByPutAndPatchOnlyWhatIsSent() {
    owner.put(PATH, "{\"dailyEmailReminders\":false}").expect(200);
    owner.put(PATH, "{\"marketingEmails\":true}").expect(200);
    JsonNode now = owner.patch(PATH, "{\"timeZone\":\"Europe/Paris\"}").expect(200).json();
    assertThat(now)
        .isEqualTo(owner.get(PATH).json())
        .hasToString(
            "{\"timeZone\":\"Europe/Paris\",\"dailyEmailReminders\":false,"
                + "\"marketingEmails\":true}");
    String nulls = "{\"timeZone\":null,\"dailyEmailReminders\":null,\"marketingEmails\":null}";
    assertThat(owner.patch(PATH, nulls).expect(200).json().path("dailyEmailReminders").asBoolean())
        .isTrue();
    assertThat(owner.get(PATH).json().path("timeZone").asText()).isEqualTo("UTC");
  }

  @Test
  void belongToOneUserButTheZoneToTheCompany() {
    owner.patch(PATH, "{\"timeZone\":\"Asia/Tokyo\",\"marketingEmails\":true}").expect(200);
    JsonNode theirs = member.get(PATH).expect(200).json();
    assertThat(theirs.path("timeZone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(theirs.path("marketingEmails").asBoolean()).isFalse();
    TestClient bolt = Team.of(SERVER.client()).owner();
    assertThat(bolt.get(PATH).json().path("timeZone").asText()).isEqualTo("UTC");
    assertThat(publishedZone()).isEqualTo("Asia/Tokyo");
  }

  @Test
  void letOnlyTheOwnerMoveTheCompanyToAnotherZone() {
    Reply refused =
        member.patch(PATH, "{\"timeZone\":\"Asia/Tokyo\",\"marketingEmails\":true}").expect(403);
    assertThat(refused.json().path("code").asText()).isEqualTo("OWNER_ONLY");
    assertThat(member.get(PATH).json().path("marketingEmails").asBoolean()).isFalse();
    String sentBack = member.get(PATH).text().replace("true", "false");
    member.put(PATH, sentBack).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mars/Olympus",
        "europe/paris",
        "UTC+25",
        "' or 1=1",
        "FOO+3",
        "GMT+1:00",
        "\\u0000"
      })
  void refuseWhatIsNoZone(String zone) {
    Reply refused = owner.patch(PATH, "{\"timeZone\":\"" + zone + "\"}").expect(400);
    assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/timeZone");
    assertThat(publishedZone()).isEqualTo("UTC");
  }

  /// A zone that is taken can be reckoned in wherever it is used: the two lists are not the same.
  @Test
  void takeNoZoneThatTheDatabaseDoesNotKnow() {
    Sql reckon =
        Sql.of(
            "auth.test_reckon",
            "select count(*) as n from auth.company_zones z where now() at time zone z.time_zone"
                + " is not null");
    int taken = 0;
    for (String zone : java.time.ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
      int status = owner.patch(PATH, "{\"timeZone\":\"" + zone + "\"}").status();
      assertThat(status).as(zone).isIn(200, 400);
      taken += status == 200 ? 1 : 0;
      assertThat(inAcme(reckon, "n")).isEqualTo("1");
    }
    assertThat(taken).isGreaterThan(400);
  }

  @Test
  void refuseWhatIsNoPreference() {
    for (String body :
        List.of(
            "{\"dailyEmailReminders\":\"yes\"}",
            "{\"marketingEmails\":1}",
            "{\"timeZone\":1}",
            "{\"reminders\":true}")) {
      owner.patch(PATH, body).expect(400);
      owner.put(PATH, body).expect(400);
    }
  }

  @Test
  void haveAVersionThatEitherOwnersOrOwnChangesCountUp() {
    String etag = member.get(PATH).expect(200).header("ETag").orElseThrow();
    member.get(PATH, "If-None-Match", etag).expect(304);
    owner.patch(PATH, "{\"timeZone\":\"Asia/Tokyo\"}").expect(200);
    Reply stale = member.patch(PATH, "{\"marketingEmails\":true}", "If-Match", etag).expect(412);
    assertThat(stale.json().at("/current/timeZone").asText()).isEqualTo("Asia/Tokyo");
    assertThat(stale.json().path("yours")).hasToString("{\"marketingEmails\":true}");
    String now = stale.header("ETag").orElseThrow();
    Reply changed = member.patch(PATH, "{\"marketingEmails\":true}", "If-Match", now).expect(200);
    assertThat(changed.header("ETag")).isEqualTo(member.get(PATH).header("ETag")).isNotEqualTo(now);
    Reply same = member.patch(PATH, "{\"marketingEmails\":true}").expect(200);
    assertThat(same.header("ETag")).isEqualTo(changed.header("ETag"));
  }

  private String publishedZone() {
    return inAcme(FIND_ZONE, "time_zone");
  }

  private String inAcme(Sql sql, String column) {
    UUID company = UUID.fromString(owner.get("/api/auth/me").json().at("/user/companyId").asText());
    return SERVER.in(
        company,
        () ->
            SERVER
                .database()
                .one(
                    sql.with(),
                    row ->
                        column.equals("n") ? Long.toString(row.bigint(column)) : row.text(column)));
  }
}
