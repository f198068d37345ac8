package showfloor.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class HostileInputTest {
  private static final TestServer SERVER = AuthServers.start();
  private static final String[] VALUES = {
    "null",
    "true",
    "-1",
    "1e999",
    "[]",
    "{}",
    "[[[]]]",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"x\"",
    "\"a@b\"",
    "\"a@b.example\"",
    "\"%s%n\"",
    "\"' or 1=1 --\"",
    "\"" + "x".repeat(5_000) + "\"",
    "\"\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\""
  };
  private static final String[] BODIES = {
    "",
    "{",
    "[]",
    "null",
    "42",
    "\"x\"",
    "{}{}",
    "{\"email\":1,\"email\":2}",
    "{\"a\":}",
    "[".repeat(200),
    "{\"__proto__\":{}}",
    "\ufeff{}"
  };

  private final TestClient client = SERVER.client();
  private final Random random = new Random(20261123);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void badBodiesGetAProblemAndNeverA5xx() {
    TestClient owner = Person.unique().register(client);
    for (String route :
        List.of("register", "login", "password", "password-setup", "users", "preferences")) {
      for (String body : BODIES) {
        assertThat(owner.post("/api/auth/" + route, body).status()).isBetween(400, 499);
      }
      for (int i = 0; i < 150; i++) {
        Reply reply = owner.post("/api/auth/" + route, randomBody());
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 499);
      }
    }
  }

  @Test
  void noSecretReachesTheLogOrAProblem() {
    Person jo = Person.unique().withPassword("s3cret-of-jo-one");
    List<String> written = new ArrayList<>();
    List<String> secrets = new ArrayList<>(List.of("s3cret-of-jo", jo.email()));
    try (Listener _ = new Listener(written)) {
      TestClient owner = jo.register(client);
      TestClient second = jo.signIn(client);
      secrets.add(owner.token());
      secrets.add(second.token());
      written.add(jo.withPassword("s3cret-of-jo-bad").login(client).expect(401).text());
      written.add(client.post("/api/auth/register", jo.registration()).expect(400).text());
      written.add(client.post("/api/auth/login", jo.credentials() + "}").expect(400).text());
      written.add(owner.withToken(owner.token() + "x").get("/api/auth/me").expect(401).text());
      written.add(jo.changePassword(owner, "s3cret-of-jo-" + "x".repeat(200)).expect(400).text());
      for (int i = 0; i < 6; i++) {
        Person guess = jo.withPassword("s3cret-of-jo-bad");
        written.add(guess.changePassword(owner, "s3cret-of-jo-two").text());
      }
      String made = owner.post("/api/auth/users", Team.member("sam." + jo.email())).text();
      String link = made.replaceAll(".*\"token\":\"([^\"]+).*", "$1");
      secrets.add(link);
      written.add(Team.setPassword(client, link, "s3cret-of-jo-" + "x".repeat(200)).text());
      Reply joined = Team.setPassword(client, link, "s3cret-of-jo-sam").expect(200);
      secrets.add(joined.json().path("token").asText());
      written.add(Team.setPassword(client, link, "s3cret-of-jo-sam").expect(400).text());
      owner.post("/api/auth/logout-all", "").expect(204);
    }

    assertThat(written).hasSizeGreaterThan(15);
    assertThat(String.join("\n", written)).doesNotContain(secrets).doesNotContain("$argon2id");
  }

  private String randomBody() {
    StringBuilder body = new StringBuilder("{");
    String[] members = {
      "email",
      "password",
      "firstName",
      "lastName",
      "companyName",
      "currentPassword",
      "newPassword",
      "companyId",
      "role",
      "token",
      "timeZone",
      "marketingEmails"
    };
    for (String member : members) {
      if (random.nextInt(3) > 0) {
        body.append(body.length() == 1 ? "" : ",")
            .append('"')
            .append(member)
            .append("\":")
            .append(VALUES[random.nextInt(VALUES.length)]);
      }
    }
    return body.append('}').toString();
  }

  /// Hears every line of every logger of ours, at every level.
  private static final class Listener extends Handler implements AutoCloseable {
    private static final Logger OURS = Logger.getLogger("showfloor");
    private final List<String> lines;

    Listener(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
      OURS.setLevel(Level.ALL);
      OURS.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      synchronized (lines) {
        lines.add(new SimpleFormatter().format(line));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      OURS.removeHandler(this);
    }
  }
}
