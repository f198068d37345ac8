package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.ProblemTypes;

@ServerTest
class PagesTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private final int port;

  PagesTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  private Wire.Reply get(String path, String accept) {
    return Wire.ask(
        port,
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: %s\r\n\r\n"
            .formatted(path, accept));
  }

  @Test
  void everyProblemTypeHasAPageForPeopleAndForPrograms() {
    List<ProblemType> types = new ArrayList<>(ProblemTypes.SHARED);
    types.addAll(new ThingsDomain().problemTypes());
    assertThat(types).hasSizeGreaterThan(20);
    String index = get("/problems", "text/html").body();
    for (ProblemType type : types) {
      String path = "/problems/" + type.slug();
      Wire.Reply page = get(path, "text/html,*/*");
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(page.body()).contains("Cause", "What to do", "Example", type.code());
      assertThat(get(path, "*/*").body())
          .startsWith("{\"type\":\"" + path + "\"")
          .contains("\"fix\":");
      assertThat(index).contains(path);
    }
  }

  @Test
  void whatPagesQuoteIsNotMarkup() {
    assertThat(get("/problems/thing-broken", "text/html").body())
        .contains("Thing &lt;broken&gt;")
        .doesNotContain("<broken>");
  }

  @Test
  void theDescriptionComesAsJsonOrYamlAndIsNotSentTwice() {
    Wire.Reply json = get("/openapi", "*/*");
    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    assertThat(json.body()).startsWith("{").contains("\"openapi\" : \"3.1.0\"");
    Wire.Reply yaml = get("/openapi", "application/yaml");
    assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(yaml.body()).startsWith("openapi: 3.1.0");
    Wire.Reply again =
        Wire.ask(
            port,
            "GET /openapi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: %s\r\n\r\n"
                .formatted(json.header("ETag")));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void theReferencePageNeedsNoOtherHostAndNoInlineScript() {
    Wire.Reply page = get("/docs", "text/html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
    assertThat(page.body()).doesNotContain("http:", "https:", "//").doesNotContain("<script>");
    Matcher links = LINK.matcher(page.body());
    int found = 0;
    while (links.find()) {
      assertThat(get(links.group(1), "*/*").status()).as(links.group(1)).isEqualTo(200);
      found++;
    }
    assertThat(found).isGreaterThanOrEqualTo(4);
    assertThat(get("/docs/start.js", "*/*").body()).contains("validatorUrl: null");
  }

  @Test
  void aPageDiffersByTheOriginThatMayReadIt() {
    Wire.Reply reply =
        Wire.ask(
            port,
            "GET /openapi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: %s\r\n\r\n"
                .formatted(TestApi.ORIGIN));
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(TestApi.ORIGIN);
    assertThat(reply.header("Vary")).isEqualTo("Accept, Accept-Encoding, Origin");
  }

  @Test
  void aPageTakesNoOtherMethod() {
    Wire.Reply reply =
        Wire.ask(port, "POST /openapi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }
}
