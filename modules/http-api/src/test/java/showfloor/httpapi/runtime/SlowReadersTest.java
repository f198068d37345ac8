package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// More slow clients of one company than the heap has room for.
@ServerTest
class SlowReadersTest {
  private static final TestApi THINGS = TestApi.ofThings();

  /// As many as a company may have in a heap of 512 MB, and some.
  private static final int MANY = 150;

  private static final String UPLOAD =
      """
      POST /api/upload HTTP/1.1\r
      Host: localhost\r
      Authorization: Bearer a\r
      Content-Type: text/plain\r
      Content-Length: 100\r
      \r
      x\
      """;

  private final int port;
  private final List<Wire> slow = new ArrayList<>();

  SlowReadersTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  @AfterEach
  void leave() {
    slow.forEach(Wire::close);
  }

  private static String get(String kind, String token) {
    return """
    GET /api/stream/%s HTTP/1.1\r
    Host: localhost\r
    Authorization: Bearer %s\r
    Connection: close\r
    \r
    """
        .formatted(kind, token);
  }

  private void many(String request) {
    for (int i = 0; i < MANY; i++) {
      Wire wire = new Wire(port);
      slow.add(wire);
      wire.send(request);
    }
  }

  private void assertThatOthersAreServed(String route) throws InterruptedException {
    assertThat(THINGS.heard(route).status()).as("beyond the room").isEqualTo(503);
    assertThat(Wire.ask(port, get("short", "b")).status()).as("another company").isEqualTo(200);
    leave();
    Wire.Reply reply = Wire.ask(port, get("short", "a"));
    while (reply.status() == 503) { // until the server has noticed that they are gone
      reply = Wire.ask(port, get("short", "a"));
    }
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void manyWhoReadSlowly() throws Exception {
    many(get("endless", "a"));
    assertThatOthersAreServed("GET /api/stream/{kind}");
  }

  @Test
  void manyWhoSendSlowly() throws Exception {
    many(UPLOAD);
    assertThatOthersAreServed("POST /api/upload");
  }
}
