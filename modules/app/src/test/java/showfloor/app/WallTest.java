package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// The wall: in front of which routes it stands, what it says, and how soon it knows.
class WallTest {
  private static final Pattern OPEN =
      Pattern.compile("/api/(auth|subscriptions|webhooks|health)\\b.*|/(?!api/).*");

  /// Whoever leaves takes the data along; a link was signed for somebody who had access.
  private static final Set<String> BESIDE_THE_WALL =
      Set.of(
          "GET /api/reports/export/all",
          "GET /api/reports/export/dealers",
          "GET /api/trade-shows/{id}/export",
          "GET /api/uploads/links/{token}");

  /// How long a memory of the wall lives, and a request on a busy machine.
  private static final Duration ELSEWHERE = Duration.ofSeconds(3);

  private static Running server;

  @BeforeAll
  static void start() throws Exception {
    server = Running.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    Observer.awaitNoSession();
  }

  private static TestClient newcomer() {
    return Payments.newcomer(server.client());
  }

  @Test
  void itStandsInFrontOfEachRouteButThoseThatAreNamed() {
    TestClient acme = newcomer();
    JsonNode paths = server.client().get("/openapi").expect(200).json().path("paths");
    Set<String> beside = new TreeSet<>();
    int walled = 0;
    for (String path : names(paths)) {
      for (String method : names(paths.path(path))) {
        if (OPEN.matcher(path).matches() || method.equals("parameters")) {
          continue;
        }
        String route = method.toUpperCase(Locale.ROOT) + " " + path;
        Reply reply = ask(acme, method, path);
        if (reply.status() == 403) {
          assertRefused(reply);
          walled++;
        } else {
          beside.add(route);
        }
      }
    }
    assertThat(walled).isGreaterThan(60);
    assertThat(beside).isEqualTo(new TreeSet<>(BESIDE_THE_WALL));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Reply ask(TestClient client, String method, String path) {
    return client.send(
        method.toUpperCase(Locale.ROOT),
        path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString()),
        BodyPublishers.noBody());
  }

  private static void assertRefused(Reply reply) {
    JsonNode refused = reply.json();
    assertThat(refused.path("code").asText()).as("%s", reply).isEqualTo("SUBSCRIPTION_REQUIRED");
    assertThat(refused.path("reason").asText()).isEqualTo("NO_SUBSCRIPTION");
    assertThat(refused.path("nextStep").asText()).isEqualTo("SUBSCRIBE");
    assertThat(refused.at("/pay/plans").asText()).isEqualTo("/api/subscriptions/plans");
  }

  @Test
  void aMemberWorksAndPaysButCancelsNothing() {
    TestClient acme = newcomer();
    TestClient member = memberOf(acme);
    Payments.paid(member);
    member.get("/api/dealers").expect(200);
    for (String path :
        List.of(
            "/api/subscriptions/cancel",
            "/api/subscriptions/resume",
            "/api/subscriptions/create-portal-session",
            "/api/reports/restore")) {
      Reply refused = member.send("POST", path, BodyPublishers.noBody()).expect(403);
      assertThat(refused.json().path("code").asText()).isEqualTo("OWNER_ONLY");
    }
    acme.send("POST", "/api/subscriptions/cancel", BodyPublishers.noBody()).expect(200);
  }

  private static TestClient memberOf(TestClient owner) {
    String body =
        "{\"email\": \"%s@example.com\", \"firstName\": \"Sam\", \"lastName\": \"Okafor\"}"
            .formatted(UUID.randomUUID());
    JsonNode made = owner.post("/api/auth/users", body).expect(201).json();
    Reply joined =
        server
            .client()
            .post(
                "/api/auth/password-setup",
                "{\"token\": \"%s\", \"password\": \"correct horse battery\"}"
                    .formatted(made.at("/setup/token").asText()))
            .expect(200);
    return owner.withToken(joined.json().path("token").asText());
  }

  /// What the wall says, me, status and explanation say, too.
  @Test
  void everyAnswerTellsTheSameReason() {
    TestClient acme = newcomer();
    assertSame(acme, "NO_SUBSCRIPTION");
    String checkout = Payments.checkout(acme, "monthly");
    Payments.complete(acme, checkout).expect(200);
    assertSame(acme, "ACTIVE");
    Payments.decline(acme, checkout).expect(200);
    assertSame(acme, "PAST_DUE");
    Payments.advance(acme, "P8D").expect(200);
    assertSame(acme, "PAYMENT_OVERDUE");
    Payments.complete(acme, checkout).expect(200);
    assertSame(acme, "ACTIVE");
  }

  private static void assertSame(TestClient acme, String reason) {
    for (String path : List.of("/api/auth/me", "/api/subscriptions/status")) {
      assertThat(acme.get(path).expect(200).json().at("/access/reason").asText()).isEqualTo(reason);
    }
    JsonNode explained = acme.get("/api/subscriptions/explain").expect(200).json().path("access");
    assertThat(explained.path("reason").asText()).isEqualTo(reason);
    Reply wall = acme.get("/api/dealers");
    assertThat(wall.status()).isEqualTo(explained.path("allowed").asBoolean() ? 200 : 403);
    if (wall.status() == 403) {
      assertThat(wall.json().path("reason").asText()).isEqualTo(reason);
      assertThat(wall.json().path("since")).isEqualTo(explained.path("since"));
    }
  }

  @Test
  void theGraceEndsWhenItIsOverAndTheClockCanGoBack() {
    TestClient acme = newcomer();
    String checkout = Payments.checkout(acme, "monthly");
    Payments.complete(acme, checkout).expect(200);
    Payments.decline(acme, checkout).expect(200);
    Instant until =
        Instant.parse(
            acme.get("/api/subscriptions/explain").expect(200).json().at("/access/until").asText());
    for (int i = 0; i < 2; i++) {
      setClock(until.minus(Duration.ofMinutes(5)));
      acme.get("/api/dealers").expect(200);
      setClock(until.plusMillis(1));
      acme.get("/api/dealers").expect(403);
    }
    Payments.complete(acme, checkout).expect(200);
    acme.get("/api/dealers").expect(200);
  }

  private static void setClock(Instant now) {
    server.client().post("/sandbox/clock", "{\"now\": \"%s\"}".formatted(now)).expect(200);
  }

  /// While others of the company ask all the time, none of their refusals outlives the payment.
  @Test
  void whoAsksWhileItIsPaidIsNotRememberedAsOneWhoHasNot() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        TestClient acme = newcomer();
        String checkout = Payments.checkout(acme, "monthly");
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> asking = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
          asking.add(threads.submit(() -> askUntil(over, acme)));
        }
        Payments.complete(acme, checkout).expect(200);
        acme.get("/api/dealers").expect(200);
        over.set(true);
        for (Future<?> each : asking) {
          each.get();
        }
      }
    }
  }

  private static void askUntil(AtomicBoolean over, TestClient client) {
    while (!over.get()) {
      assertThat(client.get("/api/dealers").status()).isIn(200, 403, 429, 503);
    }
  }

  @Test
  void aReplicaLearnsWithinTwoSecondsWhatWasPaidAndWhatIsOver() throws Exception {
    try (Running second = Running.start()) {
      TestClient acme = newcomer();
      TestClient there = second.client().withToken(acme.token());
      there.get("/api/dealers").expect(403);
      Payments.paid(acme);
      Observer.await("paid", ELSEWHERE, () -> there.get("/api/dealers").status() == 200);
      acme.send("POST", "/api/subscriptions/cancel", BodyPublishers.noBody()).expect(200);
      there.get("/api/dealers").expect(200);
      Payments.advance(acme, "P32D").expect(200);
      acme.get("/api/dealers").expect(403);
      Observer.await("over", ELSEWHERE, () -> there.get("/api/dealers").status() == 403);
    }
  }
}
