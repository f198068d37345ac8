package showfloor.webhooks;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import showfloor.auth.AuthDomain;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.SubscriptionsDomain;
import showfloor.subscriptions.WebhookSignature;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TablesOnly;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// A server of subscriptions and webhooks over a provider that a test plays.
final class Shop implements AutoCloseable {
  static final String JOB = "webhooks.apply_events";

  final TestServer server;
  final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<WebhooksDomain> domain = new AtomicReference<>();

  Shop(Paid provider) {
    InstantSource clock = () -> Instant.now().plus(ahead.get());
    server =
        TestServer.start(
            parts -> {
              SubscriptionsDomain subscriptions =
                  new SubscriptionsDomain(
                      parts.database(),
                      provider,
                      SubscriptionSettings.of(() -> "https://app.example"),
                      company -> {});
              domain.set(new WebhooksDomain(parts.database(), subscriptions, clock));
              return List.of(new TablesOnly(AuthDomain.tables()), subscriptions, domain.get());
            });
  }

  Waiting waiting() throws Exception {
    return server.in(new UUID(0, 0), () -> domain.get().waiting());
  }

  /// A company that has opened a checkout, so it is a customer.
  TestClient customer() {
    TestClient client = server.newCompany();
    Observer.addCompany(company(client), UUID.fromString(client.token().split("\\.", 2)[1]));
    client
        .post("/api/subscriptions/create-checkout-session", "{\"plan\": \"monthly\"}")
        .expect(200);
    return client;
  }

  static UUID company(TestClient client) {
    return UUID.fromString(client.token().split("\\.", 2)[0]);
  }

  static String customerOf(TestClient client) {
    return "cus_" + company(client);
  }

  /// An event in the provider's shape, whose own content is wrong on purpose.
  static byte[] event(String id, String type, String customer) {
    return """
    {"id": "%s", "object": "event", "type": "%s", "livemode": false, "created": 1764237600,
     "data": {"object": {"id": "x", "customer": "%s", "status": "incomplete"}}}
    """
        .formatted(id, type, customer)
        .getBytes(StandardCharsets.UTF_8);
  }

  Reply deliver(byte[] event) {
    return deliver(event, WebhookSignature.sign(Paid.SECRET, Instant.now(), event));
  }

  Reply deliver(byte[] event, String signature) {
    return server
        .client()
        .send(
            "POST",
            "/api/webhooks/stripe",
            BodyPublishers.ofByteArray(event),
            "Content-Type",
            "application/json",
            "Stripe-Signature",
            signature);
  }

  static String status(TestClient client) {
    return client
        .get("/api/subscriptions/status")
        .expect(200)
        .json()
        .at("/subscription/status")
        .asText();
  }

  @Override
  public void close() {
    server.close();
  }
}
