package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.runtime.Operation;

@ServerTest
class PipelineTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private static final String THING = "/api/things/" + ThingsDomain.THING;
  private final int port;

  PipelineTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  private Wire.Reply ask(String method, String path, String... headers) {
    return Wire.ask(
        port,
        "%s %s HTTP/1.1\r\nHost: api.example:8080\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method, path, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n"));
  }

  private Wire.Reply send(String method, String path, String body, String... headers) {
    return Wire.ask(
        port,
        """
        %s %s HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Authorization: Bearer a\r
        Content-Length: %d\r
        %s\r
        %s\
        """
            .formatted(
                method,
                path,
                body.length(),
                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n",
                body));
  }

  private static final String JSON = "Content-Type: application/json";
  private static final String A = "Authorization: Bearer a";

  @Test
  void itRunsInItsNamedModule() {
    assertThat(getClass().getModule().getName()).isEqualTo("showfloor.httpapi");
  }

  @Test
  void anAnswerCarriesTheHeadersThatProtectIt() {
    Wire.Reply reply = ask("GET", THING, A);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"id\":\"" + ThingsDomain.THING + "\"}");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("ETag")).isEqualTo("\"12\"");
    assertThat(reply.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding, Origin");
    assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"company\";q=100000;w=1000");
    assertThat(reply.header("RateLimit")).startsWith("\"company\";r=9");
    assertThat(ask("GET", "/api/public").header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aSafeRequestIdComesBackAndAnUnsafeOneIsReplaced() {
    assertThat(ask("GET", "/api/public", "X-Request-Id: My.id_1-2").header("X-Request-Id"))
        .isEqualTo("My.id_1-2");
    assertThat(ask("GET", "/api/public", "X-Request-Id: it's").header("X-Request-Id"))
        .matches("[a-z0-9]+-[a-z0-9]+")
        .hasSizeLessThanOrEqualTo(20);
    assertThat(ask("GET", "/api/public", "X-Request-Id: " + "x".repeat(65)).header("X-Request-Id"))
        .isNotEqualTo("x".repeat(65));
  }

  @Test
  void aProblemSaysWhatItIsAndWhereItIsExplained() {
    Wire.Reply reply = ask("GET", "/api/nowhere", "X-Request-Id: r1");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body())
        .isEqualTo(
            "{\"type\":\"http://api.example:8080/problems/not-found\",\"title\":\"Not found\","
                + "\"status\":404,\"detail\":\"There is nothing here, or it is not yours.\","
                + "\"instance\":\"urn:showfloor:request:r1\",\"code\":\"NOT_FOUND\","
                + "\"error\":\"There is nothing here, or it is not yours.\","
                + "\"requestId\":\"r1\",\"retryable\":false}");
  }

  @Test
  void everyKindOfMissingIsTheSameAnswer() {
    String id = "X-Request-Id: same";
    String body = ask("GET", "/api/things/" + new java.util.UUID(1, 1), A, id).body();
    for (String path :
        new String[] {
          "/api/things/1-1-1-1-1", "/api/things/%ff", "/api/nowhere", "/nowhere",
          "/api/things//", "/api//things/list", "/api/things/list//", "/api/../api/things/list",
          "/api/things/a%2Fb", "/problems/none", "/docs/none", "/docs/../docs/index.html"
        }) {
      Wire.Reply reply = ask("GET", path, A, id);
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.body()).as(path).isEqualTo(body);
    }
  }

  @Test
  void oneSlashMoreAtTheEndIsTheSamePath() {
    assertThat(ask("GET", "/api/things/list/", A).body()).isEqualTo("\"the list\"");
    assertThat(ask("GET", THING + "/", A).status()).isEqualTo(200);
    assertThat(ask("POST", "/api/things/list/", A).status()).isEqualTo(405);
    assertThat(ask("GET", "/", A).status()).isEqualTo(404);
  }

  @Test
  void literalSegmentsGoBeforeParametersAndParametersAreDecoded() {
    assertThat(ask("GET", "/api/things/list", A).body()).isEqualTo("\"the list\"");
    assertThat(ask("GET", THING + "/words/a%20%C3%BC%2Fb", A).body()).isEqualTo("\"a ü/b\"");
    assertThat(ask("GET", THING + "/words/%00", A).status()).isEqualTo(404);
  }

  @Test
  void aKnownPathWithAnotherMethodSaysWhichItTakes() {
    Wire.Reply reply = ask("POST", "/api/things/list", A);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(ask("OPTIONS", THING).header("Allow"))
        .isEqualTo("DELETE, GET, PATCH, PUT, HEAD, OPTIONS");
    assertThat(ask("OPTIONS", THING).status()).isEqualTo(204);
    assertThat(ask("TRACE", THING).status()).isEqualTo(405);
  }

  @Test
  void headIsGetWithoutABody() {
    Wire.Reply get = ask("GET", THING, A);
    Wire.Reply head = ask("HEAD", THING, A);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    Wire.Reply stream = ask("HEAD", "/api/stream/endless", A);
    assertThat(stream.body()).isEmpty();
    assertThat(stream.header("Content-Type")).isEqualTo("text/csv");
    assertThat(stream.header("Content-Length")).isEmpty();
  }

  @Test
  void anAnswerThatCanHaveNoBodyHasNoLength() {
    for (Wire.Reply reply :
        new Wire.Reply[] {
          ask("DELETE", THING, A),
          ask("OPTIONS", THING),
          ask("GET", THING, A, "If-None-Match: *"),
          ask("GET", "/docs", "If-None-Match: *")
        }) {
      assertThat(reply.status()).isIn(204, 304);
      assertThat(reply.text()).doesNotContainIgnoringCase("Content-Length", "Transfer-Encoding");
    }
  }

  @Test
  void anAnswerThatCanNotBeWrittenIsADefectOfOurs() throws InterruptedException {
    THINGS.exchanges.clear();
    assertThat(ask("GET", "/api/bad-header", A).status()).isEqualTo(500);
    assertThat(THINGS.heard("GET /api/bad-header").status()).isEqualTo(500);
  }

  @Test
  void whatIsClearedAwayHasATimeOfItsOwnAndChangesNoAnswer() {
    Wire.Reply reply = ask("GET", "/api/cleared", A, "Request-Timeout: 1");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).contains("The handler's own end.").doesNotContain("cleared away");
    Operation own = Objects.requireNonNull(ThingsDomain.CLEARED.get());
    assertThat(own.remaining()).isGreaterThan(Duration.ofSeconds(5));
    assertThat(own.companyId()).isNotNull();
    assertThat(own.module()).isEqualTo("things");
  }

  @Test
  void whatIsNoTokenIsRefusedWithoutAsking() {
    int before = THINGS.authentications.get();
    assertThat(ask("GET", THING, "Authorization: Bearer no-token").status()).isEqualTo(401);
    assertThat(THINGS.authentications.get()).isEqualTo(before);
  }

  @Test
  void anAddressMayTryOnlySoManyUnknownTokens() {
    String unknown =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer none\r\n".formatted(THING)
            + "X-Forwarded-For: 203.0.113.77\r\n";
    Wire.Reply first =
        Wire.ask(port, (unknown + "\r\n").repeat(1_000) + unknown + "Connection: close\r\n\r\n");
    assertThat(first.status()).isEqualTo(401);
    assertThat(first.text()).contains("HTTP/1.1 429", "Retry-After: 1\r\n");
    assertThat(ask("GET", THING, "Authorization: Bearer none").status()).isEqualTo(401);
    assertThat(ask("GET", THING, A).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"12\" | 304",
        "W/\"12\" | 304",
        "\"12-gzip\" | 304",
        "* | 304",
        "\"1\", \"12\" | 304",
        "\"13\" | 200",
        "12 | 200",
        "\"\" | 200",
        "\" | 200"
      })
  void anUnchangedResourceIsNotSentAgain(String tag, int status) {
    Wire.Reply reply = ask("GET", THING, A, "If-None-Match: " + tag);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("ETag")).isEqualTo("\"12\"");
    assertThat(reply.body().isEmpty()).isEqualTo(status == 304);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"12\" | 200",
        "\"12-gzip\" | 200",
        "* | 200",
        "\"11\" | 412",
        "W/\"12\" | 412",
        "\"abc\" | 412",
        "12 | 400",
        "\"1\", \"12\" | 400",
        "\" | 400",
        "\"99999999999999999999\" | 412"
      })
  void aChangeIsMadeToTheVersionThatWasRead(String tag, int status) {
    Wire.Reply reply = send("PUT", THING, "{\"name\":\"x\"}", JSON, "If-Match: " + tag);
    assertThat(reply.status()).isEqualTo(status);
    if (status == 412) {
      assertThat(reply.body()).contains("\"current\":\"now\",\"yours\":\"x\"");
      assertThat(reply.header("ETag")).isEqualTo("\"12\"");
    }
  }

  @Test
  void whoHasNoValidTokenIsToldSo() {
    for (String header :
        new String[] {
          "X: y",
          "Authorization: Basic a",
          "Authorization: Bearer",
          "Authorization: Bearer  ",
          "Authorization: Bearer nobody",
          "Authorization: Bearer " + "x".repeat(600)
        }) {
      Wire.Reply reply = ask("GET", THING, header);
      assertThat(reply.status()).as(header).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(reply.body()).contains("\"code\":\"UNAUTHORIZED\"");
    }
    assertThat(ask("GET", THING, "authorization: bearer a").status()).isEqualTo(200);
  }

  @Test
  void theWallStandsOnlyInFrontOfWhatIsSold() {
    Wire.Reply refused = ask("GET", THING, "Authorization: Bearer poor");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains(
            "\"code\":\"SUBSCRIPTION_REQUIRED\"",
            "\"reason\":\"EXPIRED\"",
            "\"since\":\"1970-01-01T00:00:00.000Z\"",
            "\"checkout\":\"/api/subscriptions/create-checkout-session\"");
    assertThat(ask("GET", "/api/me", "Authorization: Bearer poor").status()).isEqualTo(200);
  }

  @Test
  void aWarmCallerIsNotLookedUpAgainUntilForgotten() {
    ask("GET", THING, A);
    int before = THINGS.authentications.get();
    ask("GET", THING, A);
    assertThat(THINGS.authentications.get()).isEqualTo(before);
    THINGS.sessions.forgetToken(new java.util.UUID(3, 1));
    ask("GET", THING, A);
    assertThat(THINGS.authentications.get()).isEqualTo(before + 1);
  }

  @Test
  void aHandlerRunsUnderTheOperationOfItsRoute() {
    String body = ask("GET", "/api/me", "Authorization: Bearer b", "X-Request-Id: op").body();
    assertThat(body)
        .contains(
            "\"company\":\"" + TestApi.COMPANY_B + "\"",
            "\"module\":\"things\"",
            "\"operation\":\"GET /api/me\"",
            "\"requestId\":\"op\"");
    long remaining = Long.parseLong(body.replaceAll(".*\"remaining\":([0-9]+).*", "$1"));
    assertThat(remaining).isBetween(8_000L, 10_000L);
  }

  @ParameterizedTest
  @CsvSource({"2000, 200", "999999999, 200", "0, 400", "-1, 400", "1.5, 400", "1s, 400"})
  void requestTimeoutShortensTheDeadline(String timeout, int status) {
    Wire.Reply reply = ask("GET", "/api/me", A, "Request-Timeout: " + timeout);
    assertThat(reply.status()).isEqualTo(status);
    if (timeout.equals("2000")) {
      assertThat(reply.body()).matches(".*\"remaining\":1?[0-9]{3},.*");
    }
  }

  @Test
  void theClientIsFoundBehindTrustedProxies() {
    assertThat(ask("GET", "/api/me", A).body()).contains("\"address\":\"127.0.0.1\"");
    assertThat(ask("GET", "/api/me", A, "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3").body())
        .contains("\"address\":\"203.0.113.9\"");
    for (String hop : new String[] {"203.0.113.9:5678", "\"203.0.113.9\""}) {
      assertThat(ask("GET", "/api/me", A, "X-Forwarded-For: " + hop).body())
          .contains("\"address\":\"203.0.113.9\"");
    }
    for (String hop : new String[] {"2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"}) {
      assertThat(ask("GET", "/api/me", A, "X-Forwarded-For: " + hop).body())
          .contains("\"address\":\"2001:db8:0:0:0:0:0:1\"");
    }
    assertThat(ask("GET", "/api/me", A, "X-Forwarded-For: a.example, 10.1.2.3").body())
        .contains("\"address\":\"10.1.2.3\"");
  }

  @Test
  void thePipelineTellsTheListenerWhatItDid() throws InterruptedException {
    THINGS.exchanges.clear();
    ask("GET", THING, A, "X-Request-Id: heard");
    RequestListener.Exchange heard = THINGS.heard("GET /api/things/{id}");
    assertThat(heard.requestId()).isEqualTo("heard");
    assertThat(heard.domain()).isEqualTo("things");
    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.bytes()).isEqualTo(45);
    ask("GET", "/nowhere");
    assertThat(THINGS.heard("unmatched").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded, 503, TEMPORARY_REDUCED_CAPACITY, true, 3",
    "unavailable, 503, SERVICE_UNAVAILABLE, true, 5",
    "timed-out, 504, TIMED_OUT, true, ''",
    "constraint, 409, CONFLICT, false, ''",
    "contended, 409, CONTENDED, true, 1",
    "failed, 500, INTERNAL_ERROR, false, ''",
    "checked, 500, INTERNAL_ERROR, false, ''",
    "overflow, 500, INTERNAL_ERROR, false, ''",
    "cyclic, 500, INTERNAL_ERROR, false, ''",
    "defect, 500, INTERNAL_ERROR, false, ''"
  })
  void aFailureIsAnsweredByItsKindAndNothingOfIt(
      String kind, int status, String code, boolean retryable, String after) {
    Wire.Reply reply = ask("GET", "/api/failures/" + kind, A);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body())
        .contains("\"code\":\"" + code + "\"", "\"retryable\":" + retryable)
        .doesNotContain("secret", "select", "Exception");
    assertThat(reply.header("Retry-After")).isEqualTo(after);
  }

  @Test
  void aPreflightOfAnAllowedOriginIsAllowed() {
    // A method that it does not take and a path that leads nowhere too: the page is to read why.
    for (String path : new String[] {THING, "/api/things/list", "/api/nowhere", "/joined"}) {
      Wire.Reply reply =
          ask(
              "OPTIONS",
              path,
              "Origin: " + TestApi.ORIGIN,
              "Access-Control-Request-Method: PUT",
              "Access-Control-Request-Headers: authorization,cache-control,x-requested-with");
      assertThat(reply.status()).as(path).isEqualTo(204);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(TestApi.ORIGIN);
      assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      assertThat(reply.header("Access-Control-Allow-Methods")).contains("PUT", "PATCH", "DELETE");
      assertThat(reply.header("Access-Control-Allow-Headers"))
          .isEqualTo("authorization,cache-control,x-requested-with");
    }
    assertThat(
            ask("GET", THING, A, "Origin: " + TestApi.ORIGIN)
                .header("Access-Control-Expose-Headers"))
        .contains("ETag", "RateLimit", "Idempotency-Replayed");
    for (String stranger :
        new String[] {"https://app.example.evil", "http://app.example", "null", "*"}) {
      Wire.Reply refused =
          ask("OPTIONS", THING, "Origin: " + stranger, "Access-Control-Request-Method: PUT");
      assertThat(refused.header("Access-Control-Allow-Origin")).as(stranger).isEmpty();
    }
  }

  @Test
  void aKeyWhereNoneIsKeptIsRefusedWhereARepeatWouldHarm() {
    String key = "Idempotency-Key: k";
    assertThat(send("PATCH", THING, "{\"name\":\"x\"}", JSON, key).status()).isEqualTo(400);
    assertThat(send("PUT", THING, "{\"name\":\"x\"}", JSON, key).status()).isEqualTo(200);
    assertThat(ask("GET", THING, A, key).status()).isEqualTo(200);
    assertThat(send("POST", "/api/things", "{\"name\":\"x\"}", JSON, "Idempotency-Key: ü").status())
        .isEqualTo(400);
    String tooLong = "Idempotency-Key: " + "k".repeat(256);
    assertThat(send("POST", "/api/things", "{\"name\":\"x\"}", JSON, tooLong).status())
        .isEqualTo(400);
  }
}
