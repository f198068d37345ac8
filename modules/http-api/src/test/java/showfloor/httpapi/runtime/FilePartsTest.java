package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Forms with files, part by part.
@ServerTest
class FilePartsTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private static final int FILE_MAX = 10 << 20;
  private final int port;

  FilePartsTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  private static String head(String more) {
    return """
        POST /api/files HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer a\r
        Connection: close\r
        Content-Type: multipart/form-data; boundary=XX\r
        %s\r
        """
        .formatted(more);
  }

  private static String part(String name, String content) {
    return "--XX\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s.x\"\r\n\r\n%s\r\n"
        .formatted(name, name, content);
  }

  private Wire.Reply ask(String body) {
    return Wire.ask(port, head("Content-Length: %d\r\n".formatted(body.length())) + body);
  }

  @Test
  void eachPartComesOnceInTheOrderOfTheClient() {
    Wire.Reply reply =
        ask(part("a", "12") + part("skip", "x".repeat(70_000)) + part("c", "") + "--XX--\r\n");
    assertThat(reply.body()).isEqualTo("\"a=a.x:2;skip=skip.x:-1;c=c.x:0;\"");
  }

  @Test
  void aFormWithoutPartsIsEmptyAndOneThatIsCutShortIsRefused() {
    assertThat(ask("--XX--\r\n").body()).isEqualTo("\"\"");
    assertThat(ask("").status()).isEqualTo(400);
    String whole = part("a", "1234567890");
    assertThat(ask(whole.substring(0, whole.length() - 6)).status()).isEqualTo(400);
    assertThat(ask(whole.substring(0, 20)).status()).isEqualTo(400);
  }

  @Test
  void aFileHasAsManyBytesAsTheOperatorAllowsAndNotOneMore() {
    assertThat(ask(part("a", "x".repeat(FILE_MAX)) + "--XX--\r\n").body())
        .isEqualTo("\"a=a.x:%d;\"".formatted(FILE_MAX));
    Wire.Reply refused = ask(part("a", "x".repeat(FILE_MAX + 1)) + "--XX--\r\n");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.body()).contains("more than the 10485760 bytes");
    assertThat(ask(part("skip", "x".repeat(FILE_MAX + 1)) + "--XX--\r\n").status()).isEqualTo(413);
  }

  @Test
  void anAnnouncedBodyThatIsTooLargeIsRefusedBeforeItIsSent() {
    try (Wire wire = new Wire(port)) {
      wire.send(head("Content-Length: %d\r\n".formatted(FILE_MAX + (1 << 20))) + part("a", "1"));
      assertThat(wire.readToEnd().status()).isEqualTo(413);
    }
  }

  /// Piece after piece in time, but never done.
  @Test
  void aBodyThatTricklesInEndsAtTheDeadline() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(head("Content-Length: 100000\r\nRequest-Timeout: 900\r\n") + part("a", "1"));
      Thread.ofVirtual().start(() -> trickle(wire));
      assertThat(wire.readToEnd().closed()).isTrue();
    }
    RequestListener.Exchange heard = THINGS.heard("POST /api/files");
    while (heard.status() != 408) {
      heard = THINGS.heard("POST /api/files");
    }
    assertThat(heard.took()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(5));
  }

  private static void trickle(Wire wire) {
    try {
      for (int i = 0; i < 100; i++) {
        wire.send("x");
        // The slowness of the client is what is tested.
        Thread.sleep(Duration.ofMillis(50));
      }
    } catch (InterruptedException | UncheckedIOException e) {
      // The server has had enough, which is what is waited for.
      Thread.currentThread().interrupt();
    }
  }
}
