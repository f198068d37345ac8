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

  private static String list(String token) {
    return "GET /api/things/list HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
        .formatted(token);
  }

  @Test
  void aCompanyBeyondItsShareIsToldToWaitAndOthersAreNot() {
    String many = (list("a") + "\r\n").repeat(50) + list("a") + "Connection: close\r\n\r\n";
    Wire.Reply reply = Wire.ask(port, many);
    assertThat(reply.answers()).isEqualTo(51);
    assertThat(reply.text())
        .contains(
            "HTTP/1.1 429",
            "Retry-After: 1",
            "\"code\":\"QUOTA_EXCEEDED\"",
            "/problems/quota-exceeded",
            "\"retryable\":true",
            "RateLimit: \"company\";r=0;t=1");
    assertThat(Wire.ask(port, list("b") + "Connection: close\r\n\r\n").status()).isEqualTo(200);
  }

  /// Who has a link has no share of the company's own, and who guesses has none of anybody's.
  @Test
  void whoFollowsLinksOfACompanyTooOftenHarmsNobodyElse() {
    String follow = "GET /api/things/links/%s HTTP/1.1\r\nHost: localhost\r\n";
    String last = follow + "Connection: close\r\n\r\n";
    String many = (follow + "\r\n").repeat(50) + last;
    assertThat(Wire.ask(port, many.replace("%s", "poor")).text())
        .contains(TestApi.POOR.toString(), "HTTP/1.1 429", "Retry-After: 1");
    assertThat(Wire.ask(port, many.replace("%s", "guess")).text())
        .contains("HTTP/1.1 404")
        .doesNotContain("HTTP/1.1 200", "HTTP/1.1 429");
    assertThat(Wire.ask(port, last.formatted("b")).body()).contains(TestApi.COMPANY_B.toString());
    assertThat(Wire.ask(port, list("poor") + "Connection: close\r\n\r\n").status()).isEqualTo(403);
  }
}
