package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// The whole server on its two listeners, from its start to its stop.
class ApplicationTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-z_:]+(\\{[a-z]+=\"([^\"\\\\\\n]|\\\\.)*\"(,[a-z]+=\"([^\"\\\\\\n]|\\\\.)*\")*\\})?"
              + " (-?[0-9.e+-]+|NaN|\\+Inf)");

  @AfterEach
  void noSessionIsLeft() {
    Observer.awaitNoSession();
  }

  /// The owner of a new company that has paid.
  static TestClient signedIn(TestClient client) {
    return Payments.paid(Payments.newcomer(client));
  }

  @Test
  void eachListenerServesWhatIsItsOwn() throws Exception {
    try (Running server = Running.start()) {
      TestClient client = server.client();
      for (String probe : List.of("live", "started")) {
        JsonNode verdict = client.get("/observe/health/" + probe).expect(200).json();
        assertThat(verdict.toString()).isEqualTo("{\"status\":\"UP\",\"reason\":\"ok\"}");
      }
      assertThat(client.get("/observe/health/ready").expect(200).json().toString())
          .isEqualTo(
              "{\"status\":\"UP\",\"reason\":\"ok\",\"connections\":%1$d,\"wanted\":%1$d}"
                  .formatted(TestPostgres.POOL));
      for (String path : List.of("/health", "/api/health")) {
        assertThat(client.get(path).expect(200).json().path("status").asText()).isEqualTo("ok");
      }
      assertThat(client.get("/docs").expect(200).text()).contains("swagger-ui");
      assertThat(client.get("/openapi").expect(200).json().at("/info/title").asText())
          .isEqualTo("Showfloor");
      client.get("/observe/metrics").expect(404);
      client.get("/observe/connections").expect(404);
      TestClient admin = server.admin();
      admin.get("/observe/metrics").expect(200);
      admin.get("/observe/connections").expect(200);
      assertThat(admin.get("/observe/nothing").expect(404).json().path("status").asInt())
          .isEqualTo(404);
      assertThat(admin.get("/observe/metrics").header("X-Content-Type-Options"))
          .hasValue("nosniff");
    }
  }

  @Test
  void probesMayAskByHeadAndNothingElse() throws Exception {
    try (Running server = Running.start()) {
      TestClient client = server.client();
      for (String path : List.of("/health", "/api/health", "/observe/health/ready")) {
        client.head(path).expect(200);
        assertThat(client.delete(path).expect(405).header("Allow")).hasValue("GET, HEAD");
      }
    }
  }

  /// What a page of the web does whose name was made to lead here (DNS rebinding).
  @Test
  void theOperatorsPagesAnswerToAddressesAndToTheirOwnNameOnly() throws Exception {
    try (Running server = Running.start()) {
      for (String host : List.of("localhost", "127.0.0.1:8081", "[::1]:8081", "10.0.0.7")) {
        assertThat(statusFor(server.adminPort(), host)).as(host).startsWith("HTTP/1.1 200");
      }
      for (String host : List.of("evil.example", "evil.example:8081", "localhost.evil.example")) {
        assertThat(statusFor(server.adminPort(), host)).as(host).startsWith("HTTP/1.1 421");
      }
    }
  }

  private static String statusFor(int port, String host) throws IOException {
    return Raw.ask(
        port,
        "GET /observe/connections HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
            .formatted(host));
  }

  @Test
  void theOperatorSeesWhoHoldsTheConnectionAndWhoWaits() throws Exception {
    try (Running server = Running.start("DATABASE_URL", Observer.url("&connection_limit=1"))) {
      TestClient client = signedIn(server.client());
      client.get("/api/dealers").expect(200);
      TestClient admin = server.admin();
      CompletableFuture<Reply> holder;
      CompletableFuture<Reply> waiter;
      try (Observer.Lock lock = Observer.lockDealers()) {
        holder =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers", "X-Request-Id", "h-1"));
        Observer.await(
            "one holds",
            () -> texts(admin, "connections", "statement").contains("dealers.list_newest"));
        waiter =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers", "X-Request-Id", "w-2"));
        Observer.await("one waits", () -> texts(admin, "queue", "requestId").contains("w-2"));
        JsonNode seen = connections(admin);
        JsonNode held = seen.at("/connections/0");
        assertThat(held.path("module").asText()).isEqualTo("dealers");
        assertThat(held.path("operation").asText()).isEqualTo("GET /api/dealers");
        assertThat(held.path("requestId").asText()).isEqualTo("h-1");
        assertThat(held.path("statement").asText()).isEqualTo("dealers.list_newest");
        assertThat(held.path("company").asText()).hasSize(36);
        assertThat(held.path("backendPid").asInt()).isPositive();
        assertThat(held.path("budgetMs").asInt()).isBetween(1, 10_000);
        assertThat(admin.get("/observe/metrics").text())
            .contains("showfloor_db_connections{state=\"leased\"} 1\n")
            .containsPattern("showfloor_db_waiting [12]\n"); // a heartbeat waits too
        lock.release();
      }
      holder.join().expect(200);
      waiter.join().expect(200);
    }
  }

  private static List<String> texts(TestClient admin, String part, String member) {
    return connections(admin).path(part).findValuesAsText(member);
  }

  private static JsonNode connections(TestClient admin) {
    return admin.get("/observe/connections").expect(200).json();
  }

  @Test
  void metricsAreWellFormedAndCountWhatHappened() throws Exception {
    try (Running server = Running.start()) {
      TestClient client = signedIn(server.client());
      client.get("/api/dealers").expect(200);
      client.get("/api/dealers?limit=0").expect(400);
      client.get("/nowhere/%22x").expect(404);
      String page = server.admin().get("/observe/metrics").expect(200).text();
      assertThat(page.lines().filter(line -> !line.startsWith("#")))
          .hasSizeGreaterThan(50)
          .allMatch(line -> SAMPLE.matcher(line).matches());
      assertThat(page)
          .contains(
              "showfloor_http_requests_total{route=\"GET /api/dealers\",domain=\"dealers\","
                  + "status=\"200\"} 1\n")
          .contains("route=\"GET /api/dealers\",domain=\"dealers\",status=\"400\"} 1\n")
          .contains("{route=\"unmatched\",domain=\"http\",status=\"404\"}")
          .contains("showfloor_http_request_seconds_count{route=\"GET /api/dealers\"} 2\n")
          .contains("showfloor_db_connections_max " + TestPostgres.POOL + "\n")
          .contains("showfloor_db_refused_total{module=\"dealers\"} 0\n")
          .contains("showfloor_db_refusals_total{reason=\"shed\"} 0\n")
          .contains("jvm_memory_used_bytes{area=\"heap\"}")
          .contains("showfloor_ready 1\n")
          .doesNotContain("nowhere");
    }
  }

  @Test
  void theMonitorsFindingsAreMetrics() throws Exception {
    try (Running server = Running.start("DATABASE_MONITOR_INTERVAL", "1s");
        Connection foreign = Running.session()) {
      Observer.await("the foreign session is counted", () -> FOREIGN.matcher(page(server)).find());
      assertThat(foreign.isValid(1)).isTrue();
      assertThat(page(server))
          .contains("showfloor_db_reconciliation_differences 0\n")
          .containsPattern("showfloor_db_server_sessions [1-" + TestPostgres.POOL + "]\n");
    }
  }

  /// The session of the test, and the observer's where it has looked before.
  private static final Pattern FOREIGN = Pattern.compile("showfloor_db_foreign_sessions [12]\n");

  private static String page(Running server) {
    return server.admin().get("/observe/metrics").expect(200).text();
  }

  @Test
  void aRequestInFlightEndsWellAndNoSessionIsLeft() throws Exception {
    Running server = Running.start();
    TestClient client = signedIn(server.client());
    CompletableFuture<Reply> running;
    CompletableFuture<Application.Stopped> stop;
    try (Observer.Lock lock = Observer.lockDealers()) {
      running = CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
      TestClient admin = server.admin();
      Observer.await("it runs", () -> texts(admin, "connections", "module").contains("dealers"));
      stop = CompletableFuture.supplyAsync(server::stop);
      Observer.await("no new connection is taken", () -> !takes(server.port()));
      lock.release();
    }
    assertThat(running.join().status()).isEqualTo(200);
    assertThat(stop.join()).isEqualTo(new Application.Stopped(0, true));
    Observer.awaitNoSession();
  }

  @Test
  void aRequestThatDoesNotEndIsCancelledWithinTheBudget() throws Exception {
    Running server = Running.start("STOP_BUDGET", "5s");
    TestClient client = signedIn(server.client());
    try (Observer.Lock lock = Observer.lockDealers()) {
      CompletableFuture<Reply> stuck =
          CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
      TestClient admin = server.admin();
      Observer.await("it runs", () -> texts(admin, "connections", "module").contains("dealers"));
      long began = System.nanoTime();
      assertThat(server.stop().sessions()).isZero();
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(8);
      assertThat(stuck.join().status()).isIn(503, 504);
      lock.release();
    }
  }

  /// No lease is held for it, so nothing but the interrupt can end it.
  @Test
  void anUploadThatStallsDoesNotSpoilTheStop() throws Exception {
    Running server = Running.start("STOP_BUDGET", "5s");
    TestClient client = signedIn(server.client());
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/dealers/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv"
                      + "\r\nContent-Length: 1000\r\nAuthorization: Bearer "
                      + client.token()
                      + "\r\n\r\nCompany Name\nAcme\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      Observer.await("it was read", () -> metric(server, "showfloor_db_statements_total") > 0);
      long began = System.nanoTime();
      assertThat(server.stop()).isEqualTo(new Application.Stopped(0, true));
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(6);
    }
  }

  private static double metric(Running server, String name) {
    return server
        .admin()
        .get("/observe/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean takes(int port) {
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
