package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Bodies that are small on the wire and large in memory.
@ServerTest
class HeavyBodyTest {
  private static final TestApi THINGS = TestApi.ofThings();
  private static final int AT_ONCE = 20;
  private static final String BOMB = "{\"name\":[" + "{},".repeat(349_000) + "{}]}";
  private final int port;

  HeavyBodyTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  private Wire.Reply post(String path, String length, String body) {
    return Wire.ask(
        port,
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Authorization: Bearer a\r
        Content-Type: application/json\r
        %s\r
        \r
        %s\
        """
            .formatted(path, length, body));
  }

  private Wire.Reply post(String path, String body) {
    return post(path, "Content-Length: " + body.length(), body);
  }

  @Test
  void aBodyOfTooManyValuesIsRefused() {
    Wire.Reply reply = post("/api/things", BOMB);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("MALFORMED_JSON", "more than 20000 names, values");
  }

  @Test
  void manyOfThemAtOnceDoNoHarm() throws Exception {
    List<Future<Wire.Reply>> replies = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        replies.add(
            clients.submit(
                () -> {
                  start.await();
                  return post("/api/things", BOMB);
                }));
      }
      start.countDown();
    }
    for (Future<Wire.Reply> reply : replies) {
      assertThat(reply.get().status()).isIn(400, 503);
      assertThat(reply.get().body()).doesNotContain("VALIDATION_FAILED");
    }
    assertThat(post("/api/things", "{\"name\":\"x\"}").status()).isEqualTo(201);
  }

  @Test
  void whatAnyoneMaySendIsSmall() {
    assertThat(post("/api/public", "{\"name\":\"x\"}").status()).isEqualTo(201);
    Wire.Reply large = post("/api/public", "{\"name\":\"" + "x".repeat(70_000) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.body()).contains("65536 bytes");
    assertThat(post("/api/public", "{\"name\":[" + "1,".repeat(2_000) + "1]}").body())
        .contains("more than 1000 names, values");
  }

  @Test
  void aChunkIsNotHeldInMemoryWhole() {
    String size = Integer.toHexString(100 << 20);
    Wire.Reply reply =
        post("/api/public", "Transfer-Encoding: chunked", size + "\r\n" + "x".repeat(200_000));
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.closed()).isTrue();
  }
}
