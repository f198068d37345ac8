package showfloor.auth.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthServers;
import showfloor.auth.Person;
import showfloor.auth.Team;
import showfloor.auth.Team.Made;
import showfloor.dbapi.Sql;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class MembersTest {
  private static final TestServer SERVER = AuthServers.start();
  private static final TestServer REPLICA = AuthServers.start();
  private static final Sql LIST_PEOPLE =
      Sql.of(
          "auth.test_list_people",
          """
          select p.email || ' ' || p.role || ' ' || p.daily_email_reminders as person
          from auth.people p order by p.role desc
          """);

  private final TestClient anyone = SERVER.client();
  private final Team acme = Team.of(anyone);

  @AfterAll
  static void stop() {
    SERVER.close();
    REPLICA.close();
  }

  @Test
  void aMemberSetsThePasswordByTheLinkAndIsSignedIn() {
    Person sam = Person.unique().withPassword(Team.PASSWORD);

    Reply made = acme.add("  " + sam.email().toUpperCase(Locale.ROOT) + " ").expect(201);

    assertThat(made.json().at("/user/email").asText()).isEqualTo(sam.email());
    assertThat(made.json().at("/user/status").asText()).isEqualTo("INVITED");
    assertThat(made.header("Cache-Control").orElse("")).contains("no-store");
    String token = made.json().at("/setup/token").asText();
    assertThat(made.json().at("/setup/path").asText()).endsWith("#token=" + token);
    sam.login(anyone).expect(401);
    JsonNode joined = Team.setPassword(anyone, token, sam.password()).expect(200).json();
    assertThat(joined.at("/user/role").asText()).isEqualTo("member");
    TestClient member = anyone.withToken(joined.path("token").asText());
    assertThat(companyOf(member)).isEqualTo(companyOf(acme.owner()));
    sam.login(anyone).expect(200);
  }

  @Test
  void everybodySeesTheUsersAndNobodyThoseOfAnotherCompany() {
    Made sam = acme.make();
    Team bolt = Team.of(anyone);
    TestClient member = sam.join(anyone);

    JsonNode users = member.get("/api/auth/users").expect(200).json().path("users");

    assertThat(users.findValuesAsText("email"))
        .containsExactly(acme.person().email(), sam.person().email());
    assertThat(users.findValuesAsText("status")).containsExactly("ACTIVE", "ACTIVE");
    assertThat(users.findValuesAsText("linkExpiresAt")).isEmpty();
    assertThat(bolt.owner().get("/api/auth/users").json().path("users")).hasSize(1);
  }

  @Test
  void aMemberManagesNobody() {
    Made sam = acme.make();
    Made kim = acme.make();
    TestClient member = sam.join(anyone);
    for (Reply reply :
        List.of(
            member.post("/api/auth/users", Team.member(Person.unique().email())),
            member.post("/api/auth/users", "{}"),
            member.delete("/api/auth/users/" + kim.id()),
            member.delete("/api/auth/users/" + sam.id()),
            member.post("/api/auth/users/" + kim.id() + "/link", ""))) {
      assertThat(reply.expect(403).json().path("code").asText()).isEqualTo("OWNER_ONLY");
    }
    kim.accept(anyone).expect(200);
  }

  @Test
  void usersOfAnotherCompanyAreNotThere() {
    Made sam = acme.make();
    TestClient member = sam.join(anyone);
    Team bolt = Team.of(anyone);
    String random = UUID.randomUUID().toString();
    String owner = idOf(acme.owner());
    for (String id : List.of(sam.id(), owner, random, "x")) {
      bolt.owner().delete("/api/auth/users/" + id).expect(404);
      bolt.owner().post("/api/auth/users/" + id + "/link", "").expect(404);
    }
    assertThat(withoutIds(bolt.remove(sam).expect(404)))
        .isEqualTo(withoutIds(bolt.owner().delete("/api/auth/users/" + random).expect(404)));
    member.get("/api/auth/me").expect(200);
    sam.person().login(anyone).expect(200);
  }

  @Test
  void anEmailThatHasAnAccountIsTakenWhereverItIs() {
    Made sam = acme.make();
    Team bolt = Team.of(anyone);
    for (String email : List.of(sam.person().email(), acme.person().email())) {
      for (Team team : List.of(acme, bolt)) {
        Reply taken = team.add(email.toUpperCase(Locale.ROOT)).expect(400);
        assertThat(taken.json().path("code").asText()).isEqualTo("EMAIL_TAKEN");
      }
    }
    anyone.post("/api/auth/register", sam.person().registration()).expect(400);
    assertThat(acme.owner().get("/api/auth/users").json().path("users")).hasSize(2);
  }

  @Test
  void aRemovedMemberIsOutAtOnceHereAndWithinTwoSecondsElsewhere() {
    // A list that anybody of the company sees: nothing but the session stands in front of it.
    Made sam = acme.make();
    TestClient here = sam.join(anyone);
    TestClient elsewhere = REPLICA.client().withToken(here.token());
    here.get("/api/auth/users").expect(200);
    elsewhere.get("/api/auth/users").expect(200);

    acme.remove(sam).expect(204);

    here.get("/api/auth/users").expect(401);
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    int status = 200;
    while (status == 200 && System.nanoTime() < end) {
      status = elsewhere.get("/api/auth/users").status();
    }
    elsewhere.get("/api/auth/users").expect(401);
    sam.person().login(anyone).expect(401);
    acme.remove(sam).expect(404);
    acme.add(sam.person().email()).expect(201);
  }

  @Test
  void aRemovedMembersLinkIsVoid() {
    Made sam = acme.make();
    acme.remove(sam).expect(204);

    sam.accept(anyone).expect(400);
  }

  @Test
  void theLastOwnerStays() {
    String owner = "/api/auth/users/" + idOf(acme.owner());

    Reply removal = acme.owner().delete(owner).expect(409);
    Reply link = acme.owner().post(owner + "/link", "").expect(409);

    assertThat(removal.json().path("code").asText()).isEqualTo("LAST_OWNER");
    assertThat(link.json().path("code").asText()).isEqualTo("OWNER_HAS_PASSWORD");
    acme.owner().get("/api/auth/me").expect(200);
    acme.person().login(anyone).expect(200);
  }

  @Test
  void whatMakesNoMemberIsRefused() {
    for (String body :
        List.of(
            "{}",
            Team.member("nope"),
            Team.member(""),
            Team.member("a@b.example").replace("}", ",\"role\":\"owner\"}"),
            Team.member("a@b.example").replace("Sam", " "),
            Team.member("a@b.example").replace("Sam", "x".repeat(201)))) {
      acme.owner().post("/api/auth/users", body).expect(400);
    }
  }

  @Test
  void whoHasNotComeYetIsNotReminded() {
    Made sam = acme.make();
    String me = acme.person().email() + " owner true";
    assertThat(people()).containsExactly(me, sam.person().email() + " member false");
    sam.accept(anyone).expect(200);
    assertThat(people()).containsExactly(me, sam.person().email() + " member true");
    acme.owner().put("/api/auth/preferences", "{\"dailyEmailReminders\":false}").expect(200);
    assertThat(people().getFirst()).endsWith("owner false");
  }

  @Test
  void keepsThePromisesOfTenancy() {
    assertThat(SERVER.violations()).isEmpty();
  }

  private List<String> people() {
    return SERVER.in(
        UUID.fromString(companyOf(acme.owner())),
        () -> SERVER.database().list(LIST_PEOPLE.with(), row -> row.text("person")));
  }

  private static String companyOf(TestClient client) {
    return client.get("/api/auth/me").expect(200).json().at("/user/companyId").asText();
  }

  private static String idOf(TestClient client) {
    return client.get("/api/auth/me").expect(200).json().at("/user/id").asText();
  }

  /// The answer without what is different in any two.
  private static String withoutIds(Reply reply) {
    return reply.text().replace(reply.json().path("requestId").asText(), "id");
  }
}
