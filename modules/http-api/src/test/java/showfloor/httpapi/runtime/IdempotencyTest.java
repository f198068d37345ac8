package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.dbapi.Database;
import showfloor.dbapi.Schema;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.embeddedpostgres.EmbeddedPostgres;
import showfloor.embeddedpostgres.Endpoint;
import showfloor.embeddedpostgres.Settings;

/// `Idempotency-Key` against a real PostgreSQL: key and effect commit together, or neither does.
@ServerTest
class IdempotencyTest {
  private static final EmbeddedPostgres POSTGRES = postgres();
  private static final DatabaseRuntime RUNTIME = DatabaseRuntime.open(config());
  private static final CounterDomain COUNTER = counter(RUNTIME.database());
  private static final TestApi API =
      new TestApi(TestApi.settings(Duration.ofSeconds(30), 100_000), COUNTER);
  private final int port;

  IdempotencyTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    API.api.configure(server);
  }

  @AfterAll
  static void stop() {
    assertThat(RUNTIME.close(Duration.ofSeconds(10))).isZero();
    assertThat(POSTGRES.stop(Duration.ofSeconds(20))).isTrue();
  }

  private static EmbeddedPostgres postgres() {
    try {
      Path folder =
          Files.createDirectories(
              Path.of("target", "test-postgres" + System.getProperty("showfloor.test.fork", "")));
      return EmbeddedPostgres.start(Settings.forTests(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatabaseConfig config() {
    Endpoint endpoint = POSTGRES.endpoint();
    return new DatabaseConfig(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(endpoint.host(), endpoint.port(), endpoint.database()),
        endpoint.user(),
        endpoint.password(),
        Map.of(),
        new PoolSettings(
            // A repeat meets the first, and one connection is kept for the urgent.
            Math.max(3, Integer.getInteger("showfloor.test.pool", 5)),
            1,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)));
  }

  private static CounterDomain counter(Database database) {
    CounterDomain domain = new CounterDomain(database);
    RUNTIME.migrate(List.<Schema>of(domain.schema()));
    return domain;
  }

  private Wire.Reply post(String token, String key, String path, String body) {
    return Wire.ask(
        port,
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Content-Type: application/json\r
        Authorization: Bearer %s\r
        Idempotency-Key: %s\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(path, token, key, body.length(), body));
  }

  private static String body(String id) {
    return "{\"id\":\"" + id + "\"}";
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  @Test
  void aRepeatGetsTheFirstAnswerAndHasNoEffect() {
    String key = fresh();
    String item = fresh();
    Wire.Reply first = post("a", key, "/api/items", body(item));
    Wire.Reply again = post("a", key, "/api/items", body(item));
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location")).isNotEmpty();
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag")).isEqualTo("\"1\"");
    assertThat(again.header("Content-Type")).isEqualTo("application/json");
    assertThat(COUNTER.count(item)).isEqualTo(1);
  }

  @Test
  void withoutAKeyEachRequestHasItsEffect() {
    String item = fresh();
    for (int i = 0; i < 2; i++) {
      Wire.Reply reply =
          Wire.ask(
              port,
              """
              POST /api/items HTTP/1.1\r
              Host: localhost\r
              Connection: close\r
              Content-Type: application/json\r
              Authorization: Bearer a\r
              Content-Length: 45\r
              \r
              %s\
              """
                  .formatted(body(item)));
      assertThat(reply.status()).isEqualTo(201);
    }
    assertThat(COUNTER.count(item)).isEqualTo(2);
  }

  @Test
  void theSameKeyForAnotherRequestIsRefused() {
    String key = fresh();
    String item = fresh();
    post("a", key, "/api/items", body(item));
    assertThat(post("a", key, "/api/items", body(fresh())).status()).isEqualTo(422);
    assertThat(post("a", key, "/api/items?x=1", body(item)).status()).isEqualTo(422);
    Wire.Reply refused = post("a", key, "/api/other-items", body(item));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("IDEMPOTENCY_KEY_REUSED");
    assertThat(COUNTER.count(item)).isEqualTo(1);
  }

  private Wire.Reply file(String key, String boundary, String content) {
    return form(key, boundary, content, "--\r\n");
  }

  private Wire.Reply form(String key, String boundary, String content, String end) {
    String body =
        "--%1$s\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n%2$s\r\n--%1$s%3$s"
            .formatted(boundary, content, end);
    return Wire.ask(
        port,
        """
        POST /api/files HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Content-Type: multipart/form-data; boundary=%s\r
        Authorization: Bearer a\r
        Idempotency-Key: %s\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(boundary, key, body.length(), body));
  }

  @Test
  void aKeyStandsForTheFileThatCameWithIt() {
    String key = fresh();
    String first = fresh();
    String other = fresh();
    assertThat(file(key, "XX", first).status()).isEqualTo(201);
    assertThat(file(key, "XX", other).status()).isEqualTo(422);
    assertThat(file(key, "YY", first).header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(COUNTER.count(first)).isEqualTo(1);
    assertThat(COUNTER.count(other)).isZero();
  }

  @Test
  void aFormThatIsCutShortHasNoEffect() {
    String item = fresh();
    assertThat(form(fresh(), "XX", item, "\r\nContent-Disp").status()).isEqualTo(400);
    assertThat(COUNTER.count(item)).isZero();
    String more = "\r\nContent-Disposition: form-data; name=more\r\n\r\n1\r\n--XX--";
    assertThat(form(fresh(), "XX", item, more).status()).isEqualTo(201);
  }

  @Test
  void aHandlerThatReadsItsBodyInsideALeaseIsRefused() {
    assertThat(post("a", fresh(), "/api/read-in-lease", body(fresh())).status()).isEqualTo(400);
    Wire.Reply reply =
        Wire.ask(
            port,
            """
            POST /api/read-in-lease HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Content-Type: application/json\r
            Authorization: Bearer a\r
            Content-Length: 2\r
            \r
            {}\
            """);
    assertThat(reply.body()).contains("reading a request's body inside a lease");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-once", "later"})
  void aHandlerThatWritesItsAnswerInsideALeaseIsRefused(String when) {
    Wire.Reply reply =
        Wire.ask(
            port,
            """
            GET /api/written-in-lease/%s HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Authorization: Bearer a\r
            \r
            """
                .formatted(when));
    assertThat(reply.body()).contains("writing an answer inside a lease");
  }

  @Test
  void theKeysOfTwoCompaniesDoNotMeet() {
    String key = fresh();
    String item = fresh();
    assertThat(post("a", key, "/api/items", body(item)).status()).isEqualTo(201);
    Wire.Reply other = post("b", key, "/api/items", body(item));
    assertThat(other.status()).isEqualTo(201);
    assertThat(other.header("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void whatFailsLeavesNoKeyAndNoEffect() {
    for (String kind : List.of("throws", "answers-500", "refuses")) {
      String key = fresh();
      String item = fresh();
      String path = "/api/failing-items/" + kind;
      Wire.Reply first = post("a", key, path, body(item));
      assertThat(first.status()).as(kind).isIn(409, 500);
      Wire.Reply again = post("a", key, path, body(item));
      assertThat(again.header("Idempotency-Replayed")).as(kind).isEmpty();
      assertThat(COUNTER.count(item)).as(kind).isZero();
    }
  }

  @Test
  void aRepeatWhileTheFirstIsRunningIsToldToWait() throws Exception {
    String key = fresh();
    String item = fresh();
    try (var first = COUNTER.pausing()) {
      Thread running =
          Thread.startVirtualThread(() -> post("a", key, "/api/paused-items", body(item)));
      first.awaitStarted();
      Wire.Reply second = post("a", key, "/api/paused-items", body(item));
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.header("Retry-After")).isEqualTo("1");
      assertThat(second.body()).contains("IDEMPOTENCY_IN_FLIGHT", "\"retryable\":true");
      first.end();
      running.join();
    }
    assertThat(post("a", key, "/api/paused-items", body(item)).header("Idempotency-Replayed"))
        .isEqualTo("true");
    assertThat(COUNTER.count(item)).isEqualTo(1);
  }
}
