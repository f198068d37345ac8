package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;

/// The connection console over HTTP: page, events, actions.
class ConsoleTest {
  private static final String TOKEN = "an-0perator's-secret";
  private static final String ACTION = "X-Showfloor-Action";

  @AfterEach
  void noSessionIsLeft() {
    Observer.awaitNoSession();
  }

  @Test
  void thePageIsServedFromItsOwnFilesAndNothingElseMayRun() throws Exception {
    try (Running server = Running.start()) {
      TestClient admin = server.admin();
      assertThat(admin.get("/").expect(302).header("Location")).hasValue("/observe/console");
      Reply page = admin.get("/observe/console").expect(200);
      assertThat(page.contentType()).isEqualTo("text/html");
      assertThat(page.header("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.text())
          .contains("href=\"console/console.css\"", "src=\"console/console.js\"")
          .doesNotContain("style=", "onclick", "<style", "https:");
      for (String file : List.of("css", "js")) {
        Reply part = admin.get("/observe/console/console." + file).expect(200);
        assertThat(part.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(part.text()).doesNotContain("https:", "innerHTML =", "eval(", "@import");
      }
      server.client().get("/observe/console").expect(404);
    }
  }

  @Test
  void eventsBeginWithThePastAndGoOnEachSecond() throws Exception {
    try (Running server = Running.start();
        Watcher watcher = Watcher.of(server.adminPort())) {
      assertThat(watcher.status()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(watcher.line("Content-Type")).isEqualTo("Content-Type: text/event-stream");
      assertThat(watcher.event("history").isArray()).isTrue();
      JsonNode first = watcher.event("now");
      assertThat(first.at("/readiness/ready").asBoolean()).isTrue();
      assertThat(first.at("/pool/size").asInt()).isEqualTo(TestPostgres.POOL);
      assertThat(first.at("/actions/on").asBoolean()).isTrue();
      JsonNode second = watcher.event("now");
      JsonNode third = watcher.event("now");
      assertThat(third.at("/sample/at").asLong() - second.at("/sample/at").asLong())
          .isGreaterThanOrEqualTo(1_000);
      try (Watcher later = Watcher.of(server.adminPort())) {
        assertThat(later.event("history").size()).isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void watchingTakesNoConnection() throws Exception {
    try (Running server = Running.start("DATABASE_URL", Observer.url("&connection_limit=1"));
        Watcher watcher = Watcher.of(server.adminPort())) {
      TestClient client = ApplicationTest.signedIn(server.client());
      CompletableFuture<Reply> holder;
      try (Observer.Lock lock = Observer.lockDealers()) {
        holder = CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        JsonNode now = watcher.event("now");
        // A job of the platform may have the only connection for a moment.
        for (int i = 0; i < 20 && !isOfDealers(now); i++) {
          now = watcher.event("now");
        }
        assertThat(now.at("/connections/0/operation").asText()).isEqualTo("GET /api/dealers");
        assertThat(watcher.event("now").at("/sample/held").asDouble()).isPositive();
        lock.release();
      }
      holder.join().expect(200);
    }
  }

  private static boolean isOfDealers(JsonNode now) {
    return now.at("/connections/0/module").asText().equals("dealers");
  }

  /// The test's own look at the server is one.
  @Test
  void aSessionThatNoInstanceOwnsIsShown() throws Exception {
    try (Running server = Running.start("DATABASE_MONITOR_INTERVAL", "1s");
        Connection foreign = Running.session()) {
      TestClient admin = server.admin();
      Observer.await("it is found", () -> !reconciliation(admin).path("foreign").isEmpty());
      assertThat(foreign.isValid(1)).isTrue();
      JsonNode last = reconciliation(admin);
      assertThat(last.at("/foreign/0/applicationName").asText()).isEqualTo("observer");
      assertThat(last.path("differences")).isEmpty();
      assertThat(admin.get("/observe/connections").json().at("/warnings").toString())
          .contains("Sessions of this login that no instance owns: ");
    }
  }

  private static JsonNode reconciliation(TestClient admin) {
    return admin.get("/observe/connections").expect(200).json().path("reconciliation");
  }

  @Test
  void viewersAreCountedAndOneWhoLeavesMakesRoom() throws Exception {
    try (Running server = Running.start()) {
      List<Watcher> all = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          all.add(Watcher.of(server.adminPort()));
        }
        Reply refused = server.admin().get("/observe/connections/events").expect(503);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.json().path("code").asText()).isEqualTo("TOO_MANY_VIEWERS");
        all.removeLast().close();
        int port = server.adminPort();
        Observer.await("a place is free", () -> all.size() == 20 || enters(port, all));
      } finally {
        all.forEach(Watcher::close);
      }
    }
  }

  private static boolean enters(int port, List<Watcher> all) {
    Watcher next = Watcher.of(port);
    if (next.status().contains(" 200 ")) {
      return all.add(next);
    }
    next.close();
    return false;
  }

  /// Its events fill what the network holds, then its thread waits: for itself alone.
  @Test
  void aViewerWhoDoesNotReadHoldsUpNobodyAndNotTheStop() throws Exception {
    Running server = Running.start();
    try (Watcher idle = Watcher.of(server.adminPort());
        Watcher other = Watcher.of(server.adminPort())) {
      other.event("now");
      other.event("now");
      CompletableFuture<Void> ended = CompletableFuture.runAsync(other::awaitEnd);
      long began = System.nanoTime();
      assertThat(server.stop()).isEqualTo(new Application.Stopped(0, true));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      ended.join();
      assertThat(idle.status()).contains(" 200 ");
    }
  }

  @Test
  void anOperatorCancelsTheLeaseThatIsStuck() throws Exception {
    try (Running server = Running.start()) {
      TestClient client = ApplicationTest.signedIn(server.client());
      TestClient admin = server.admin();
      try (Observer.Lock lock = Observer.lockDealers()) {
        CompletableFuture<Reply> stuck =
            CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        Observer.await("it holds", () -> leases(admin).size() == 1);
        long lease = leases(admin).get(0).path("lease").asLong();
        Reply done = act(admin, lease + "/cancel").expect(200);
        assertThat(done.json().path("cancelled").asBoolean()).isTrue();
        assertThat(stuck.join().status()).isIn(503, 504);
        Observer.await("it is over", () -> leases(admin).isEmpty());
        assertThat(act(admin, lease + "/cancel").expect(404).json().path("code").asText())
            .isEqualTo("LEASE_ENDED");
        lock.release();
      }
      act(admin, "x/cancel").expect(400);
      client.get("/api/dealers").expect(200);
    }
  }

  @Test
  void anOperatorReplacesAllConnectionsAndNoRequestFails() throws Exception {
    try (Running server = Running.start()) {
      TestClient client = ApplicationTest.signedIn(server.client());
      TestClient admin = server.admin();
      CompletableFuture<Reply> holder;
      int pid;
      try (Observer.Lock lock = Observer.lockDealers()) {
        holder = CompletableFuture.supplyAsync(() -> client.get("/api/dealers"));
        Observer.await("it holds", () -> leases(admin).size() == 1);
        pid = leases(admin).get(0).path("backendPid").asInt();
        act(admin, "evict").expect(200);
        lock.release();
      }
      holder.join().expect(200);
      Observer.await("its session has ended", () -> Observer.sessions("pid = " + pid) == 0);
      client.get("/api/dealers").expect(200);
    }
  }

  @Test
  void noOtherSiteCanAct() throws Exception {
    try (Running server = Running.start()) {
      TestClient admin = server.admin();
      String evict = "/observe/connections/evict";
      String own = admin.server().toString();
      for (String[] headers :
          List.of(
              new String[] {ACTION, "x", "Origin", "http://evil.example"},
              new String[] {ACTION, "x", "Origin", "null"},
              new String[] {ACTION, "x", "Sec-Fetch-Site", "cross-site"},
              new String[] {ACTION, "x", "Origin", own, "Sec-Fetch-Site", "same-site"},
              new String[] {"Origin", own})) {
        admin.post(evict, "{}", headers).expect(403);
      }
      admin.post(evict, "{}", ACTION, "x", "Content-Type", "text/plain").expect(415);
      admin.get(evict).expect(404);
      admin.post(evict, "{}", ACTION, "x", "Origin", own).expect(200);
      admin
          .post(evict, "{}", ACTION, "x", "Origin", own, "Sec-Fetch-Site", "same-origin")
          .expect(200);
    }
  }

  /// It could not read them, but take every viewer's place.
  @Test
  void noOtherSiteLoadsAnything() throws Exception {
    try (Running server = Running.start()) {
      TestClient admin = server.admin();
      for (String path : List.of("/observe/connections/events", "/observe/metrics")) {
        admin.get(path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors").expect(403);
      }
      admin
          .get("/observe/console", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
          .expect(200);
    }
  }

  @Test
  void inProductionActionsAreOffUntilATokenIsSet() throws Exception {
    try (Running server = Running.start("SHOWFLOOR_MODE", "production", "STOP_ANNOUNCE", "0s")) {
      Reply refused = act(server.admin(), "evict").expect(403);
      assertThat(refused.json().path("detail").asText()).contains("ADMIN_TOKEN", "admin.token");
      JsonNode seen = server.admin().get("/observe/connections").expect(200).json();
      assertThat(seen.at("/actions/on").asBoolean()).isFalse();
      assertThat(seen.at("/actions/reason").asText()).contains("ADMIN_TOKEN");
    }
  }

  @Test
  void whereATokenIsSetItMustBeShownInEveryMode() throws Exception {
    for (String mode : List.of("production", "development")) {
      try (Running server =
          Running.start("SHOWFLOOR_MODE", mode, "STOP_ANNOUNCE", "0s", "ADMIN_TOKEN", TOKEN)) {
        TestClient admin = server.admin();
        assertThat(act(admin, "evict").expect(401).header("WWW-Authenticate")).hasValue("Bearer");
        act(admin.withToken(TOKEN + "x"), "evict").expect(401);
        act(admin.withToken(""), "evict").expect(401);
        act(admin.withToken(TOKEN), "evict").expect(200);
        assertThat(admin.get("/observe/connections").expect(200).text()).doesNotContain(TOKEN);
      }
    }
  }

  private static Reply act(TestClient admin, String path) {
    return admin.post("/observe/connections/" + path, "{}", ACTION, "test");
  }

  private static List<JsonNode> leases(TestClient admin) {
    return Running.ofDealers(admin, "connections");
  }
}
