package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.WebhookSignature;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// Paying, from the wall to the booth and back, with the sandbox's events over HTTP.
class PaymentsTest {
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

  private static TestClient poor() {
    return Payments.newcomer(server.client());
  }

  private static JsonNode me(TestClient client) {
    return client.get("/api/auth/me").expect(200).json();
  }

  private static Reply send(TestClient client, String path) {
    return client.send("POST", path, BodyPublishers.noBody());
  }

  @Test
  void theWallSaysWhyAndWherePayingOpensItAtOnce() {
    TestClient acme = poor();
    assertThat(me(acme).at("/access/allowed").asBoolean()).isFalse();
    assertThat(me(acme).at("/access/nextStep").asText()).isEqualTo("SUBSCRIBE");
    for (String walled : new String[] {"/api/dealers", "/api/todos"}) {
      JsonNode refused = acme.get(walled).expect(403).json();
      assertThat(refused.path("code").asText()).isEqualTo("SUBSCRIPTION_REQUIRED");
      assertThat(refused.path("reason").asText()).isEqualTo("NO_SUBSCRIPTION");
      assertThat(refused.has("since")).isTrue();
      assertThat(refused.at("/pay/checkout").asText())
          .isEqualTo("/api/subscriptions/create-checkout-session");
    }
    Payments.paid(acme);
    // No waiting: the memory of the wall was told.
    acme.get("/api/dealers").expect(200);
    JsonNode now = me(acme);
    assertThat(now.at("/access/reason").asText()).isEqualTo("ACTIVE");
    assertThat(now.at("/subscription/hasActiveSubscription").asBoolean()).isTrue();
    assertThat(now.at("/subscription/canCancel").asBoolean()).isTrue();
    assertThat(now.at("/subscription/subscription/status").asText()).isEqualTo("active");
    acme.post("/api/dealers", "{\"companyName\": \"First\"}").expect(201);
  }

  @Test
  void oneCompanysPaymentIsNotAnothers() {
    TestClient acme = Payments.paid(poor());
    TestClient other = poor();
    other.get("/api/dealers").expect(403);
    acme.get("/api/dealers").expect(200);
  }

  /// The second journey: replay, a tampered byte, an older event.
  @Test
  void anEventCanBeReplayedAndNotForged() {
    TestClient acme = poor();
    String checkout = Payments.checkout(acme, "monthly");
    Payments.complete(server.client(), checkout).expect(200);
    String state = acme.get("/api/subscriptions/status").expect(200).text();
    String customer =
        Observer.asOwnerText(
            "select customer_id from sandbox.checkouts where checkout_id = '%s'"
                .formatted(checkout));
    byte[] event =
        Observer.asOwnerText(
                "select body from sandbox.events where customer_id = '%s' order by no limit 1"
                    .formatted(customer))
            .getBytes(StandardCharsets.UTF_8);
    String secret = Observer.asOwnerText("select webhook_secret from sandbox.provider");
    deliver(event, WebhookSignature.sign(secret, Instant.now(), event)).expect(200);
    byte[] tampered = event.clone();
    tampered[20] ^= 1;
    deliver(tampered, WebhookSignature.sign(secret, Instant.now(), event)).expect(400);
    deliver(event, WebhookSignature.sign(secret, Instant.now().minusSeconds(600), event))
        .expect(400);
    assertThat(acme.get("/api/subscriptions/status").expect(200).text()).isEqualTo(state);
  }

  private static Reply deliver(byte[] event, String signature) {
    return server
        .client()
        .send(
            "POST",
            "/api/webhooks/stripe",
            BodyPublishers.ofByteArray(event),
            "Stripe-Signature",
            signature);
  }

  /// The third journey.
  @Test
  void aLostEventIsMadeUpForByAsking() {
    TestClient acme = poor();
    String checkout = Payments.checkout(acme, "annual");
    send(server.client(), "/sandbox/checkout/%s/complete?webhook=lost".formatted(checkout))
        .expect(200);
    acme.get("/api/dealers").expect(403);
    Reply confirmed =
        acme.post("/api/subscriptions/confirm", "{\"sessionId\": \"%s\"}".formatted(checkout))
            .expect(200);
    assertThat(confirmed.json().path("isActive").asBoolean()).isTrue();
    assertThat(confirmed.json().at("/subscription/plan").asText()).isEqualTo("annual");
    acme.get("/api/dealers").expect(200);
  }

  /// The fourth journey: cancel, keep access, come back; then a payment that fails.
  @Test
  void cancellingKeepsAccessToTheEndAndComingBackIsRecognised() {
    TestClient acme = Payments.paid(poor());
    send(acme, "/api/subscriptions/cancel").expect(200);
    acme.get("/api/dealers").expect(200);
    assertThat(me(acme).at("/access/reason").asText()).isEqualTo("CANCELED_AT_PERIOD_END");

    Payments.advance(server.client(), "P32D").expect(200);
    JsonNode refused = acme.get("/api/dealers").expect(403).json();
    assertThat(refused.path("reason").asText()).isEqualTo("CANCELED");
    assertThat(refused.path("since").asText()).isNotEmpty();

    String again = Payments.checkout(acme, "monthly");
    Payments.complete(server.client(), again).expect(200);
    acme.get("/api/dealers").expect(200);
    JsonNode explained = acme.get("/api/subscriptions/explain").expect(200).json();
    assertThat(explained.path("history")).hasSize(2);
    assertThat(explained.at("/history/1/status").asText()).isEqualTo("canceled");

    Payments.decline(server.client(), again).expect(200);
    assertThat(me(acme).at("/access/reason").asText()).isEqualTo("PAST_DUE");
    assertThat(me(acme).at("/access/nextStep").asText()).isEqualTo("UPDATE_PAYMENT");
    acme.get("/api/dealers").expect(200);
    Payments.advance(server.client(), "P8D").expect(200);
    assertThat(acme.get("/api/dealers").expect(403).json().path("reason").asText())
        .isEqualTo("PAYMENT_OVERDUE");
    Payments.complete(server.client(), again).expect(200);
    acme.get("/api/dealers").expect(200);
  }

  /// Renewed by time alone: nobody notices.
  @Test
  void aSubscriptionIsRenewedWhenItsPeriodEnds() {
    TestClient acme = Payments.paid(poor());
    String end = me(acme).at("/subscription/subscription/currentPeriodEnd").asText();
    Payments.advance(server.client(), "P32D").expect(200);
    acme.get("/api/dealers").expect(200);
    assertThat(me(acme).at("/access/reason").asText()).isEqualTo("ACTIVE");
    assertThat(Instant.parse(me(acme).at("/subscription/subscription/currentPeriodEnd").asText()))
        .isAfter(Instant.parse(end));
  }

  @Test
  void whoHasPaidIsNotSoldASecondSubscription() {
    TestClient acme = Payments.paid(poor());
    assertThat(
            acme.post("/api/subscriptions/create-checkout-session", "{\"plan\": \"annual\"}")
                .expect(400)
                .json()
                .path("code")
                .asText())
        .isEqualTo("SUBSCRIPTION_EXISTS");
  }

  /// A restart keeps the sandbox: it is in tables.
  @Test
  void theSandboxOutlivesARestart() throws Exception {
    TestClient acme = poor();
    String checkout = Payments.checkout(acme, "monthly");
    try (Running second = Running.start()) {
      TestClient there = second.client().withToken(acme.token());
      Payments.complete(there, checkout).expect(200);
      there.get("/api/dealers").expect(200);
    }
    Observer.await("the first server learns of it", () -> acme.get("/api/dealers").status() == 200);
  }

  @Test
  void aCompanyThatHasNotPaidStillSignsInAndOut() {
    TestClient acme = poor();
    acme.get("/api/subscriptions/plans").expect(200);
    acme.get("/api/subscriptions/status").expect(200);
    send(acme, "/api/auth/logout").expect(204);
    acme.get("/api/auth/me").expect(401);
  }
}
