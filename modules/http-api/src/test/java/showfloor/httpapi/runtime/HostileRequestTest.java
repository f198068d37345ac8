package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no well-behaved client sends: each gets one clear 4xx problem, and where a proxy might have
/// read it differently, the end of the connection.
@ServerTest
class HostileRequestTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private static final String UPLOAD =
      "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\n";
  private final int port;

  HostileRequestTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  private static Arguments refused(String what, int status, String request) {
    return Arguments.of(what, status, request);
  }

  static Stream<Arguments> requests() {
    String get = "GET /api/things/list HTTP/1.1\r\n";
    String a = "Host: localhost\r\nAuthorization: Bearer a\r\n";
    String smuggled = "GET /api/public HTTP/1.1\r\nHost: localhost\r\n\r\n";
    return Stream.of(
        refused("a request line with too much", 400, "GET /a b HTTP/1.1\r\n" + a + "\r\n"),
        refused("a method that is none", 400, "\u00ff\u0001! /api/x HTTP/1.1\r\n" + a + "\r\n"),
        refused("a header without colon", 400, get + a + "broken\r\n\r\n"),
        refused("a blank in a header's name", 400, get + a + "a b: c\r\n\r\n"),
        refused("a control character in a header", 400, get + a + "X: a\u0001b\r\n\r\n"),
        refused("a NUL in a header", 400, get + a + "X: a\u0000b\r\n\r\n"),
        refused("a bare CR in a header", 400, get + a + "X: a\rb\r\n\r\n"),
        refused("no Host", 400, get + "Authorization: Bearer a\r\n\r\n"),
        refused("two Hosts", 400, get + a + "Host: other\r\n\r\n"),
        refused("a broken escape in the path", 400, "GET /api/%ZZ HTTP/1.1\r\n" + a + "\r\n"),
        refused(
            "a broken escape in the query",
            400,
            "GET /api/page?page=%ZZ HTTP/1.1\r\n" + a + "Connection: close\r\n\r\n"),
        refused(
            "an escaped NUL in the query",
            400,
            "GET /api/page?page=%00 HTTP/1.1\r\n" + a + "Connection: close\r\n\r\n"),
        refused(
            "no UTF-8 in the query",
            400,
            "GET /api/page?page=%ff HTTP/1.1\r\n" + a + "Connection: close\r\n\r\n"),
        refused(
            "an address that is too long",
            414,
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + a + "\r\n"),
        refused(
            "headers that are too long", 400, get + a + "X: " + "x".repeat(20_000) + "\r\n\r\n"),
        refused(
            "a length that is no number", 400, UPLOAD + "Content-Length: ten\r\n\r\n0123456789"),
        refused(
            "a length that is negative",
            400,
            UPLOAD + "Content-Length: -1\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + smuggled),
        refused("a length with a sign", 400, UPLOAD + "Content-Length: +5\r\n\r\nhello" + smuggled),
        refused(
            "two different lengths",
            400,
            UPLOAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + smuggled),
        refused(
            "the same length twice",
            400,
            UPLOAD + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + smuggled),
        refused(
            "a length beside chunks",
            400,
            UPLOAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled),
        refused(
            "chunks in disguise",
            400,
            UPLOAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled),
        refused(
            "an encoding before chunks",
            400,
            UPLOAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + smuggled),
        refused(
            "chunked in capitals",
            400,
            UPLOAD + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n" + smuggled),
        refused(
            "a chunk size that is none",
            400,
            UPLOAD + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n" + smuggled),
        refused(
            "a negative chunk size",
            400,
            UPLOAD + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n" + smuggled),
        refused(
            "a chunk size that overflows",
            400,
            UPLOAD + "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nhello\r\n0\r\n\r\n"),
        refused(
            "a chunk size with a sign",
            400,
            UPLOAD + "Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n" + smuggled),
        refused(
            "a chunk that is longer than its size",
            400,
            UPLOAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n" + smuggled),
        refused(
            "a chunk size that does not end",
            400,
            UPLOAD + "Transfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(5_000)),
        refused("a version before ours", 505, "GET /api/public HTTP/1.0\r\n" + a + "\r\n"),
        refused("a version after ours", 505, "GET /api/public HTTP/9.9\r\n" + a + "\r\n"),
        refused("no request line", 400, "hello\r\n\r\n"),
        refused(
            "a body beyond every limit", 413, UPLOAD + "Content-Length: 99999999999\r\n\r\nhello"),
        refused(
            "a compressed body",
            415,
            UPLOAD + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"));
  }

  /// What may not be said again is in capitals, which no request id has.
  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void aRequestThatIsNoneIsRefusedOnce(String what, int status, String request) {
    Wire.Reply reply = Wire.ask(port, request);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.answers()).isEqualTo(1);
    assertThat(reply.closed()).isTrue();
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("X-Request-Id")).isNotEmpty();
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.body())
        .contains("\"status\":" + status, "/problems/")
        .doesNotContain("xchunked", "ZZ", "io.helidon", "Exception");
  }

  @Test
  void whatTheServerRefusesItselfIsHeardToo() throws Exception {
    THINGS.exchanges.clear();
    Wire.ask(port, "GET /api/public HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assertThat(THINGS.heard("unmatched").status()).isEqualTo(505);
  }

  @Test
  void aClientThatLeavesInTheMiddleOfAHeadIsNotAnswered() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send("GET /api/public HTTP/1.1\r\nHost: loc");
      wire.socket().shutdownOutput();
      assertThat(wire.readToEnd().text()).isEmpty();
    }
  }

  @Test
  void aRequestInChunksIsTheLastOfItsConnection() {
    String chunks = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    Wire.Reply reply =
        Wire.ask(port, UPLOAD + chunks + "GET /api/public HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).startsWith("{\"size\":5}");
    assertThat(reply.header("Connection")).isEqualTo("close");
    assertThat(reply.answers()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "keep-alive, CLOSE"})
  void aClientThatWantsToCloseIsTakenAtItsWord(String connection) {
    Wire.Reply reply =
        Wire.ask(
            port,
            "GET /api/public HTTP/1.1\r\nHost: localhost\r\nConnection: "
                + connection
                + "\r\n\r\n");
    assertThat(reply.closed()).isTrue();
    assertThat(reply.header("Connection")).isEqualTo("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /nope", "PUT /api/things", "POST /docs/index.html", "POST /health"})
  void aBodyWhereThereIsNoRouteIsReadAway(String line) {
    Wire.Reply reply =
        Wire.ask(
            port,
            line
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
                + "GET /api/public HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(reply.status()).isIn(404, 405);
    assertThat(reply.answers()).isEqualTo(2);
  }

  @Test
  void aBodyThatEndsEarlyIsNoDefect() throws Exception {
    THINGS.exchanges.clear();
    try (Wire wire = new Wire(port)) {
      wire.send(UPLOAD + "Content-Length: 10\r\n\r\nhello");
      wire.socket().shutdownOutput();
      assertThat(wire.readToEnd().status()).isEqualTo(400);
    }
    assertThat(THINGS.heard("POST /api/upload").status()).isEqualTo(400);
  }

  @Test
  void aClientThatHangsUpInItsBodyIsNoDefect() throws Exception {
    THINGS.exchanges.clear();
    try (Wire wire = new Wire(port)) {
      wire.send(UPLOAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");
      wire.socket().setSoLinger(true, 0);
    }
    assertThat(THINGS.heard("POST /api/upload").status()).isIn(400, 499);
  }

  @Test
  void aBodyLongerThanTheRouteTakesIsRefusedAnnouncedOrNot() {
    String body = "x".repeat((1 << 20) + 1);
    Wire.Reply announced =
        Wire.ask(port, UPLOAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.body()).contains("1048576 bytes");
    Wire.Reply chunked =
        Wire.ask(
            port,
            UPLOAD
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length())
                + "\r\n"
                + body
                + "\r\n0\r\n\r\n");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.closed()).isTrue();
  }

  @Test
  void aBodyThatNobodyReadDoesNotBecomeTheNextRequest() {
    String body = "GET /api/public HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String refusedPost =
        "POST /api/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length();
    Wire.Reply reply =
        Wire.ask(
            port,
            refusedPost
                + "\r\n\r\n"
                + body
                + "GET /api/public HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.answers()).isEqualTo(2);
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void aBodyThatIsAskedForOnlyWhenWantedIsNotWaitedFor() {
    Wire.Reply reply =
        Wire.ask(
            port,
            "POST /api/things HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue"
                + "\r\nContent-Length: 10\r\n\r\n");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void aRequestAfterAnotherOnOneConnectionIsServed() {
    String get = "GET /api/public HTTP/1.1\r\nHost: localhost\r\n";
    Wire.Reply reply = Wire.ask(port, get + "\r\n" + get + "Connection: close\r\n\r\n");
    assertThat(reply.answers()).isEqualTo(2);
    assertThat(reply.closed()).isTrue();
  }
}
