package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@ServerTest
class RateLimitTest {
  private static final TestApi THINGS =
      new TestApi(TestApi.settings(Duration.ofSeconds(30), 1), new ThingsDomain());
  private final int port;

  RateLimitTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  @Test
  void aCompanyBeyondItsShareIsToldToWaitAndOthersAreNot() {
    String get = "GET /api/things/list HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n";
    String many = (get + "\r\n").repeat(50) + get + "Connection: close\r\n\r\n";
    Wire.Reply reply = Wire.ask(port, many.replace("%s", "a"));
    assertThat(reply.answers()).isEqualTo(51);
    assertThat(reply.text())
        .contains(
            "HTTP/1.1 429",
            "Retry-After: 1",
            "\"code\":\"QUOTA_EXCEEDED\"",
            "/problems/quota-exceeded",
            "\"retryable\":true",
            "RateLimit: \"company\";r=0;t=1");
    assertThat(Wire.ask(port, get.formatted("b") + "Connection: close\r\n\r\n").status())
        .isEqualTo(200);
  }
}
