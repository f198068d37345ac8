package showfloor.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.runtime.Operation;

class HttpCallsTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(5));
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/echo", this::echo);
    server.createContext("/flood", exchange -> flood(exchange, 2 << 20));
    server.createContext("/moved", exchange -> exchange.sendResponseHeaders(302, -1));
    server.createContext("/silent", this::hang);
    server.createContext("/half", this::half);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    calls.close();
  }

  private void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("X-Seen", exchange.getRequestHeaders().getFirst("X-Sent"));
    exchange.sendResponseHeaders(201, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void flood(HttpExchange exchange, int size) throws IOException {
    exchange.sendResponseHeaders(200, size);
    exchange.getResponseBody().write(new byte[size]);
    exchange.close();
  }

  private void hang(HttpExchange exchange) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void half(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 100);
    exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    hang(exchange);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Test
  void bytesGoAndComeAsTheyAre() {
    byte[] body = {0, 1, -1, '"'};
    HttpReply reply =
        calls.send(HttpCall.post(url("/echo"), "application/json", body).header("X-Sent", "yes"));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.isSuccess()).isTrue();
    assertThat(reply.header("x-seen")).contains("yes");
    assertThat(reply.body()).isEqualTo(body);
  }

  @Test
  void aRedirectIsAnAnswer() {
    assertThat(calls.send(HttpCall.get(url("/moved"))).status()).isEqualTo(302);
  }

  @Test
  void anAnswerBeyondTheBoundIsAFailure() {
    assertThatThrownBy(() -> calls.send(HttpCall.get(url("/flood"))))
        .isInstanceOf(HttpFailure.class);
  }

  @Test
  void noServerIsAFailure() {
    server.stop(0);
    assertThatThrownBy(() -> calls.send(HttpCall.get(url("/echo"))))
        .isInstanceOf(HttpFailure.class)
        .hasMessageContaining("/echo");
  }

  @Test
  void whoIsLateIsGivenUpBeforeAndAfterTheHeaders() {
    for (String path : List.of("/silent", "/half")) {
      long begun = System.nanoTime();
      try (HttpCalls hasty = new HttpCalls(Duration.ofMillis(300))) {
        assertThatThrownBy(() -> hasty.send(HttpCall.get(url(path))))
            .as(path)
            .isInstanceOf(HttpFailure.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void whetherThereIsTimeForAnotherCallIsTheRunningOperationsToSay() {
    assertThat(calls.hasTimeAfter(Duration.ofDays(1))).isTrue();
    Operation brief = Operation.startingNow("testing", "test", "test", Duration.ofMinutes(1));
    assertThat(brief.call(() -> calls.hasTimeAfter(Duration.ofSeconds(1)))).isTrue();
    assertThat(brief.call(() -> calls.hasTimeAfter(Duration.ofMinutes(1)))).isFalse();
  }

  @Test
  void theRunningOperationsDeadlineCountsToo() {
    long begun = System.nanoTime();
    Operation brief = Operation.startingNow("testing", "test", "test", Duration.ofMillis(300));
    assertThatThrownBy(() -> brief.call(() -> calls.send(HttpCall.get(url("/silent")))))
        .isInstanceOf(HttpFailure.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }
}
