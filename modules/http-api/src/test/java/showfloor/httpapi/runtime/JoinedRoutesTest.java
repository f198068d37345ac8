package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Routes of other features, such as health, beside ours.
@ServerTest
class JoinedRoutesTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private final int port;

  JoinedRoutesTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    HttpRouting.Builder routing = HttpRouting.builder();
    THINGS.api.listener(server);
    THINGS.api.routing(routing);
    routing.any("/joined", (request, response) -> response.send("joined"));
    server.routing(routing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void theyCarryTheHeadersThatAllHave(String method) {
    Wire.Reply reply =
        Wire.ask(
            port,
            method
                + " /joined HTTP/1.1\r\nHost: localhost\r\nConnection: Close\r\n"
                + "X-Request-Id: joined\r\n\r\n");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Request-Id")).isEqualTo("joined");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Connection")).isEqualTo("close");
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void aBodyThatTheyDoNotReadIsReadAway() {
    Wire.Reply reply =
        Wire.ask(
            port,
            "POST /joined HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
                + "GET /joined HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(reply.answers()).isEqualTo(2);
  }
}
