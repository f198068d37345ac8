package showfloor.httpapi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServerTest
class SlowClientTest {
  private static final TestApi THINGS =
      new TestApi(TestApi.settings(Duration.ofMillis(600), 100_000), new ThingsDomain());
  private final int port;

  SlowClientTest(WebServer server) {
    this.port = server.port();
  }

  @SetUpServer
  static void server(WebServerConfig.Builder server) {
    THINGS.api.configure(server);
  }

  @BeforeEach
  void forgetEarlierRequests() {
    THINGS.exchanges.clear();
  }

  private void askAndNeverRead(Wire wire, String path) {
    wire.send(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\n\r\n".formatted(path));
  }

  @Test
  void aClientThatDoesNotReadAStreamIsCutOff() throws Exception {
    try (Wire wire = new Wire(port)) {
      askAndNeverRead(wire, "/api/stream/endless");
      RequestListener.Exchange heard = THINGS.heard("GET /api/stream/{kind}");
      assertThat(heard.status()).isEqualTo(499);
      assertThat(heard.took()).isBetween(Duration.ofMillis(600), Duration.ofSeconds(5));
      assertThat(wire.readToEnd().closed()).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotReadALargeAnswerIsCutOff() throws Exception {
    try (Wire wire = new Wire(port)) {
      askAndNeverRead(wire, "/api/large?words=1000000");
      RequestListener.Exchange heard = THINGS.heard("GET /api/large");
      assertThat(heard.status()).isEqualTo(499);
      assertThat(heard.took()).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static final String POST =
      "POST /api/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  private Duration untilClosed(Wire wire) {
    long began = System.nanoTime();
    assertThat(wire.readToEnd().closed()).isTrue();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void aHeadThatDoesNotEndEndsTheConnection() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(POST + "Authoriz");
      assertThat(untilClosed(wire)).isLessThan(Duration.ofSeconds(4));
    }
    assertThat(THINGS.heard("unmatched").status()).isEqualTo(408);
  }

  @Test
  void aHeadThatTricklesInEndsTheConnection() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(POST);
      Thread.ofVirtual().start(() -> trickle(wire));
      assertThat(untilClosed(wire)).isLessThan(Duration.ofSeconds(4));
    }
    assertThat(THINGS.heard("unmatched").status()).isEqualTo(408);
  }

  private static void trickle(Wire wire) {
    try {
      for (int i = 0; i < 100; i++) {
        wire.send("X: y\r\n");
        // The slowness of the client is what is tested.
        Thread.sleep(Duration.ofMillis(100));
      }
    } catch (InterruptedException | java.io.UncheckedIOException e) {
      // The server has had enough, which is what is waited for.
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBodyThatDoesNotComeEndsTheRequest() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(POST + "Authorization: Bearer a\r\nContent-Length: 100\r\n\r\n{");
      assertThat(untilClosed(wire)).isLessThan(Duration.ofSeconds(4));
    }
    RequestListener.Exchange heard = THINGS.heard("POST /api/things");
    assertThat(heard.status()).isEqualTo(408);
    assertThat(heard.took()).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aFormThatDoesNotComeEndsTheRequest() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(
          """
          POST /api/form HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer a\r
          Content-Type: multipart/form-data; boundary=XX\r
          Content-Length: 1000\r
          \r
          --XX\r
          """);
      assertThat(untilClosed(wire)).isLessThan(Duration.ofSeconds(4));
    }
    assertThat(THINGS.heard("POST /api/form").status()).isEqualTo(408);
  }

  @Test
  void aRefusedBodyThatDoesNotComeIsNotWaitedForLong() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(POST + "Content-Length: 100\r\n\r\n{");
      assertThat(untilClosed(wire)).isLessThan(Duration.ofSeconds(5));
    }
    RequestListener.Exchange heard = THINGS.heard("POST /api/things");
    assertThat(heard.status()).isEqualTo(401);
    assertThat(heard.took()).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aClientThatReadsSlowlyButSteadilyGetsEverything() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(
          """
          GET /api/large?words=500000 HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer a\r
          Connection: close\r
          \r
          """);
      byte[] buffer = new byte[64 << 10];
      long read = 0;
      long began = System.nanoTime();
      while (true) {
        int count = wire.socket().getInputStream().readNBytes(buffer, 0, buffer.length);
        if (count == 0) {
          break;
        }
        read += count;
        // The slowness of the client is what is tested.
        Thread.sleep(Duration.ofMillis(20));
      }
      assertThat(read).isGreaterThan(5_000_000);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(700));
    }
  }
}
