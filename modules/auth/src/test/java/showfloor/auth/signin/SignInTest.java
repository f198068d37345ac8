package showfloor.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.auth.AuthServers;
import showfloor.auth.Person;
import showfloor.dbapi.Sql;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

class SignInTest {
  private static final TestServer SERVER = AuthServers.start();
  private static final Sql SET_HASH =
      Sql.of(
          "auth.test_set_hash",
          "update auth.logins set password_hash = :hash where email = :email");
  private static final Sql GET_HASH =
      Sql.of("auth.test_get_hash", "select password_hash from auth.logins where email = :email");

  /// Of "password", as the reference implementation publishes it: its parameters are not ours.
  private static final String OUTDATED =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  private final TestClient client = SERVER.client();
  private final Person jo = Person.unique();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void answersTokenUserCompanyAndAccessInOneReply() {
    jo.register(client);

    JsonNode reply = jo.login(client).expect(200).json();

    assertThat(reply.at("/user/email").asText()).isEqualTo(jo.email());
    assertThat(reply.at("/user/company/name").asText()).isEqualTo("Acme Lighting");
    assertThat(reply.at("/subscription/hasActiveSubscription").asBoolean()).isTrue();
    assertThat(reply.at("/subscription/subscription").isNull()).isTrue();
    assertThat(reply.at("/subscription/canCancel").asBoolean(true)).isFalse();
    assertThat(reply.at("/access/reason").asText()).isEqualTo("OPEN");
    assertThat(jo.login(client).json().path("token")).isNotEqualTo(reply.path("token"));
  }

  @Test
  void takesTheEmailInAnyCaseAndWithBlanksAround() {
    jo.register(client);

    jo.withEmail(" " + jo.email().toUpperCase(Locale.ROOT) + " ").login(client).expect(200);
  }

  @Test
  void answersAnUnknownUserAndAWrongPasswordAlike() {
    jo.register(client);

    Reply wrong = jo.withPassword("another password").login(client).expect(401);
    Reply unknown = Person.unique().login(client).expect(401);

    assertThat(wrong.json().path("code").asText()).isEqualTo("INVALID_CREDENTIALS");
    assertThat(withoutRequestId(unknown)).isEqualTo(withoutRequestId(wrong));
    assertThat(unknown.header("WWW-Authenticate")).isEqualTo(wrong.header("WWW-Authenticate"));
  }

  @Test
  void takesAsLongForAnUnknownUserAsForAWrongPassword() {
    Person[] known = new Person[11];
    for (int i = 0; i < known.length; i++) {
      known[i] = Person.unique();
      known[i].register(client);
    }

    double wrong = medianMs(i -> known[i].withPassword("another password").login(client));
    double unknown = medianMs(i -> Person.unique().login(client));

    // Without the decoy hash the second one would take a few milliseconds against thirty.
    assertThat(unknown).isBetween(wrong * 0.4, wrong * 2.5);
  }

  @Test
  void renewsAHashOfOtherParametersAtSignIn() {
    jo.register(client);
    Person old = jo.withPassword("password");
    inJob(() -> SERVER.database().execute(SET_HASH.with("email", jo.email(), "hash", OUTDATED)));

    old.withPassword("passwore").login(client).expect(401);
    assertThat(hash()).isEqualTo(OUTDATED);
    old.login(client).expect(200);
    assertThat(hash()).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
    old.login(client).expect(200);
  }

  @Test
  void takesARightPasswordHoweverManySignInsRenewItsHashAtOnce() throws Exception {
    jo.register(client);
    Person old = jo.withPassword("password");
    for (int round = 0; round < 3; round++) {
      inJob(() -> SERVER.database().execute(SET_HASH.with("email", jo.email(), "hash", OUTDATED)));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Reply> signIn = () -> old.login(client);
        for (Future<Reply> reply : threads.invokeAll(Collections.nCopies(4, signIn))) {
          reply.get().expect(200);
        }
      }
    }
  }

  @Test
  void givesATokenToNoCacheAndNoCompressor() {
    jo.register(client);

    Reply reply = jo.login(client, "Accept-Encoding", "gzip");

    assertThat(reply.header("Content-Encoding")).isEmpty();
    assertThat(reply.header("Cache-Control").orElse("")).contains("no-store");
  }

  private String hash() {
    return inJob(
        () ->
            SERVER
                .database()
                .one(GET_HASH.with("email", jo.email()), row -> row.text("password_hash")));
  }

  private static <T> T inJob(ScopedValue.CallableOp<T, RuntimeException> work) {
    return SERVER.in(new UUID(0, 0), work);
  }

  private static JsonNode withoutRequestId(Reply reply) {
    return ((ObjectNode) reply.json()).remove(java.util.List.of("requestId", "instance"));
  }

  private static double medianMs(IntConsumer request) {
    long[] nanos = new long[11];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      request.accept(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }
}
