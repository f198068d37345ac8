package showfloor.auth.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthServers;
import showfloor.auth.Person;
import showfloor.auth.Team;
import showfloor.auth.Team.Made;
import showfloor.auth.TestClock;
import showfloor.dbapi.Sql;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// The link sets one password, once, for a week; and what happens when several use it, or the
/// member goes, at the same moment.
class SetupLinkTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = AuthServers.start(AuthServers.roomy(), CLOCK);
  private static final Sql FIND_IN_THE_CLEAR =
      Sql.of(
          "auth.test_find_link_in_the_clear",
          """
          select count(*) as n from auth.logins
          where setup_hash = :bytes or strpos(encode(setup_hash, 'base64'), :text) > 0
          """);

  private final TestClient anyone = SERVER.client();
  private final Team acme = Team.of(anyone);
  private final Made sam = acme.make();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void usedReplacedOldAndUnknownLinksAreRefusedAlike() {
    Made used = acme.make();
    used.accept(anyone).expect(200);
    Made replaced = acme.make();
    acme.renewLink(replaced).expect(201);
    Made removed = acme.make();
    acme.remove(removed).expect(204);
    Made old = acme.make();

    // Before they are old as well.
    List<JsonNode> answers = new ArrayList<>();
    for (Made gone : List.of(used, replaced, removed)) {
      answers.add(refusal(gone.token()));
    }
    CLOCK.advance(Duration.ofDays(7));
    for (String token : List.of(old.token(), used.token(), "x", "' or 1=1")) {
      answers.add(refusal(token));
    }

    assertThat(answers.getFirst().path("code").asText()).isEqualTo("INVALID_SETUP_LINK");
    assertThat(answers).containsOnly(answers.getFirst());
  }

  /// But for what differs in every answer.
  private JsonNode refusal(String token) {
    Reply reply = Team.setPassword(anyone, token, Team.PASSWORD).expect(400);
    assertThat(reply.text()).doesNotContain(token.length() > 9 ? token : "' or");
    return ((ObjectNode) reply.json()).without(List.of("requestId", "instance"));
  }

  @Test
  void aLinkLastsAWeekAndNotLonger() {
    Made late = acme.make();
    CLOCK.advance(Duration.ofDays(7).minusSeconds(1));
    sam.accept(anyone).expect(200);
    CLOCK.advance(Duration.ofSeconds(1));
    late.accept(anyone).expect(400);
    String token = acme.renewLink(late).expect(201).json().at("/setup/token").asText();
    Team.setPassword(anyone, token, Team.PASSWORD).expect(200);
  }

  @Test
  void aNewLinkReplacesAPasswordOnlyWhenItIsUsedAndThenEndsItsSessions() {
    TestClient member = sam.join(anyone);
    String token = acme.renewLink(sam).expect(201).json().at("/setup/token").asText();
    sam.person().login(anyone).expect(200);
    member.get("/api/auth/me").expect(200);

    Team.setPassword(anyone, token, "another violet door").expect(200);

    member.get("/api/auth/me").expect(401);
    sam.person().login(anyone).expect(401);
    sam.person().withPassword("another violet door").login(anyone).expect(200);
  }

  @Test
  void aPasswordThatIsRefusedLeavesTheLinkAsItIs() {
    for (String password : List.of("short", "password123", sam.person().email())) {
      Reply reply = Team.setPassword(anyone, sam.token(), password).expect(400);
      assertThat(reply.json().path("code").asText()).isEqualTo("VALIDATION_FAILED");
      assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/password");
    }
    sam.accept(anyone).expect(200);
  }

  @Test
  void storesNoLinkInTheClear() {
    byte[] bytes = Base64.getUrlDecoder().decode(sam.token());
    long found =
        SERVER.in(
            new UUID(0, 0),
            () ->
                SERVER
                    .database()
                    .one(
                        FIND_IN_THE_CLEAR.with(
                            "bytes", bytes, "text", sam.token().substring(0, 20)),
                        row -> row.bigint("n")));

    assertThat(found).isZero();
  }

  @RepeatedTest(4)
  void oneOfManyWhoUseALinkAtOnceWins() throws Exception {
    List<Reply> replies = atOnce(8, i -> Team.setPassword(anyone, sam.token(), "violet door " + i));
    assertThat(replies).extracting(Reply::status).containsOnlyOnce(200).containsOnly(200, 400);
    int winner = replies.stream().map(Reply::status).toList().indexOf(200);
    sam.person().withPassword("violet door " + winner).login(anyone).expect(200);
  }

  @RepeatedTest(4)
  void oneOfManyWithTheSameEmailIsMade() throws Exception {
    Team bolt = Team.of(anyone);
    Person kim = Person.unique();
    List<Reply> replies = atOnce(8, i -> (i % 2 == 0 ? acme : bolt).add(kim.email()));
    assertThat(replies).extracting(Reply::status).containsOnlyOnce(201).containsOnly(201, 400);
    int users =
        acme.owner().get("/api/auth/users").json().path("users").size()
            + bolt.owner().get("/api/auth/users").json().path("users").size();
    assertThat(users).isEqualTo(4);
  }

  @RepeatedTest(8)
  void aMemberWhoIsRemovedWhileJoiningOrSigningInIsOutHoweverTheyRace() throws Exception {
    Made kim = acme.make();
    kim.accept(anyone).expect(200);
    List<Reply> replies =
        atOnce(
            4,
            i ->
                switch (i) {
                  case 0 -> sam.accept(anyone);
                  case 1 -> acme.remove(sam);
                  case 2 -> kim.person().login(anyone);
                  default -> acme.remove(kim);
                });
    assertThat(replies.get(1).status()).isEqualTo(204);
    assertThat(replies.get(3).status()).isEqualTo(204);
    assertThat(replies.get(0).status()).isIn(200, 400);
    assertThat(replies.get(2).status()).isIn(200, 401);
    for (Reply in : List.of(replies.get(0), replies.get(2))) {
      if (in.status() == 200) {
        String token = in.json().path("token").asText();
        anyone.withToken(token).get("/api/auth/me").expect(401);
      }
    }
    sam.person().login(anyone).expect(401);
    assertThat(acme.owner().get("/api/auth/users").json().path("users")).hasSize(1);
  }

  @FunctionalInterface
  private interface Ask {
    Reply number(int i);
  }

  private static List<Reply> atOnce(int many, Ask ask) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> asked = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        int number = i;
        asked.add(threads.submit(() -> ask.number(number)));
      }
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : asked) {
        replies.add(reply.get());
      }
      return replies;
    }
  }
}
