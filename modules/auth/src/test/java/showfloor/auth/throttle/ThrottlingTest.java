package showfloor.auth.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthDomain;
import showfloor.auth.AuthServers;
import showfloor.auth.AuthSettings;
import showfloor.auth.AuthSettings.Hashing;
import showfloor.auth.AuthSettings.Throttling;
import showfloor.auth.Person;
import showfloor.auth.TestClock;
import showfloor.httpapi.Access;
import showfloor.httpapi.runtime.HttpSettings;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

class ThrottlingTest {
  private static final TestClock CLOCK = new TestClock();
  private static final TestServer SERVER = behindAProxy(AuthServers.roomy());

  private final TestClient client = SERVER.client();
  private final Person jo = Person.unique();
  private final Person guesser = jo.withPassword("a wrong guess");

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void pausesAfterFiveWrongTriesAndTheCorrectPasswordHasToWaitToo() {
    jo.register(client);
    guess(5, "192.0.2.1");

    Reply paused = from("192.0.2.1", jo).expect(429);

    assertThat(paused.header("Retry-After")).hasValue("1");
    assertThat(paused.json().path("code").asText()).isEqualTo("QUOTA_EXCEEDED");
    CLOCK.advance(Duration.ofSeconds(1));
    from("192.0.2.1", jo).expect(200);
  }

  @Test
  void answersTheSameForAnAccountThatDoesNotExist() {
    jo.register(client);
    guess(5, "192.0.2.1");
    Person nobody = Person.unique();
    for (int i = 0; i < 5; i++) {
      from("192.0.2.1", nobody).expect(401);
    }

    Reply known = from("192.0.2.1", guesser).expect(429);
    Reply unknown = from("192.0.2.1", nobody).expect(429);

    assertThat(withoutRequestId(unknown)).isEqualTo(withoutRequestId(known));
    assertThat(unknown.header("Retry-After")).isEqualTo(known.header("Retry-After"));
  }

  @Test
  void doublesThePauseUpToAQuarterOfAnHour() {
    guess(5, "192.0.2.1");
    long expected = 1;
    for (int i = 0; i < 12; i++) {
      Reply paused = from("192.0.2.1", guesser).expect(429);
      assertThat(paused.header("Retry-After")).hasValue(Long.toString(expected));
      CLOCK.advance(Duration.ofSeconds(expected));
      from("192.0.2.1", guesser).expect(401);
      expected = Math.min(900, expected * 2);
    }
  }

  @Test
  void doesNotCountWhatItRefuses() {
    guess(5, "192.0.2.1");
    for (int i = 0; i < 100; i++) {
      from("192.0.2.1", guesser).expect(429);
    }

    CLOCK.advance(Duration.ofSeconds(1));
    from("192.0.2.1", guesser).expect(401);
  }

  @Test
  void letsThePersonInFromElsewhereWhileSomeoneGuesses() {
    jo.register(client);
    guess(5, "192.0.2.1");
    from("192.0.2.1", guesser).expect(429);

    from("198.51.100.7", jo).expect(200);
    from("192.0.2.1", guesser).expect(429);
  }

  @Test
  void forgivesTheTriesOfAPlaceFromWhichASignInSucceeds() {
    jo.register(client);
    for (int round = 0; round < 3; round++) {
      guess(4, "192.0.2.1");
      from("192.0.2.1", jo).expect(200);
    }
  }

  @Test
  void pausesAnAccountThatIsGuessedFromEverywhereExceptAtPlacesThatAreKnown() {
    jo.register(client);
    from("203.0.113.5", jo).expect(200);
    for (int i = 0; i < 50; i++) {
      from("10.1.%d.1".formatted(i), guesser).expect(401);
    }

    from("10.2.0.1", jo).expect(429);
    from("203.0.113.5", jo).expect(200);
    from("10.2.0.1", jo).expect(200);
  }

  @Test
  void remembersThroughARestartAndSharesItWithReplicas() {
    guess(5, "192.0.2.1");

    try (TestServer replica = behindAProxy(AuthServers.roomy())) {
      guesser.login(replica.client(), "X-Forwarded-For", "192.0.2.1").expect(429);
    }
  }

  @Test
  void isNotOutrunByABurst() throws Exception {
    int compared = 0;
    try (TestServer server = behindAProxy(5, AuthServers.roomy());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient many = server.client();
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        replies.add(threads.submit(() -> guesser.login(many, "X-Forwarded-For", "192.0.2.1")));
      }
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().status()).isIn(401, 429);
        compared += reply.get().status() == 401 ? 1 : 0;
      }
    }
    // The first tries may meet before the account's row exists: one for each connection at most.
    assertThat(compared).isBetween(5, 5 + 4);
  }

  @Test
  void refusesAFloodFromOneAddressWithoutAskingTheDatabase() {
    AuthSettings narrow =
        AuthSettings.defaults()
            .withThrottling(
                new Throttling(5, 50, Duration.ofMinutes(15), 3, Duration.ofSeconds(2)));
    try (TestServer server = behindAProxy(narrow)) {
      for (int i = 0; i < 3; i++) {
        Person.unique().login(server.client()).expect(401);
      }

      long statements =
          server.statementsOf(() -> Person.unique().login(server.client()).expect(429));
      assertThat(statements).isZero();
      server.client().post("/api/auth/register", jo.registration()).expect(429);
      Person.unique().login(server.client(), "X-Forwarded-For", "198.51.100.7").expect(401);
      CLOCK.advance(Duration.ofSeconds(2));
      jo.register(server.client());
    }
  }

  @Test
  void answers503WhenTooManyPasswordsAreHashedAtOnceAndCountsNoTryForIt() throws Exception {
    AuthSettings slow = AuthServers.roomy().withHashing(new Hashing(1, 1));
    try (TestServer server = behindAProxy(slow);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      jo.register(server.client());
      List<Future<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        replies.add(threads.submit(() -> Person.unique().login(server.client())));
      }
      int refused = 0;
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().status()).isIn(401, 503);
        if (reply.get().status() == 503) {
          refused++;
          assertThat(reply.get().header("Retry-After")).hasValue("1");
        }
      }
      assertThat(refused).isPositive();
      jo.login(server.client()).expect(200);
    }
  }

  private void guess(int times, String address) {
    for (int i = 0; i < times; i++) {
      from(address, guesser).expect(401);
    }
  }

  private Reply from(String address, Person person) {
    return person.login(client, "X-Forwarded-For", address);
  }

  private static com.fasterxml.jackson.databind.JsonNode withoutRequestId(Reply reply) {
    return ((ObjectNode) reply.json()).remove(List.of("requestId", "instance"));
  }

  private static TestServer behindAProxy(AuthSettings settings) {
    return behindAProxy(TestPostgres.POOL, settings);
  }

  private static TestServer behindAProxy(int connections, AuthSettings settings) {
    return TestServer.start(
        connections,
        usual ->
            new HttpSettings(
                usual.allowedOrigins(),
                List.of("127.0.0.1"),
                usual.ratePerSecond(),
                usual.rateBurst(),
                usual.writeStall(),
                usual.shutdownGrace(),
                usual.idleTimeout(),
                usual.maxFileSize()),
        parts ->
            List.of(
                new AuthDomain(parts.database(), Access.OPEN, parts.sessions(), settings, CLOCK)));
  }
}
