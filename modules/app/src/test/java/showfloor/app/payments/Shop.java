package showfloor.app.payments;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import showfloor.auth.AuthDomain;
import showfloor.auth.AuthSettings;
import showfloor.httpapi.Domain;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.SubscriptionsDomain;
import showfloor.testing.Payments;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;
import showfloor.testing.TestServer.Parts;
import showfloor.testing.stripe.EventRelay;
import showfloor.testing.stripe.EventRelay.Sent;
import showfloor.webhooks.WebhooksDomain;

/// A server that sells through one provider, with all events on a way that a test can hold.
final class Shop implements AutoCloseable {
  private static final AuthSettings ROOMY =
      AuthSettings.defaults()
          .withThrottling(
              new AuthSettings.Throttling(
                  5, 50, Duration.ofMinutes(15), 100_000, Duration.ofMillis(1)));

  private final EventRelay events = EventRelay.start();
  private final Till till;
  private final TestServer server;

  Shop(Till till) {
    this.till = till;
    this.server = TestServer.start(this::domains).withJobs();
    events.to(server.uri());
  }

  private List<Domain> domains(Parts parts) {
    Till.Sold sold = till.provider(parts, events);
    SubscriptionSettings settings = SubscriptionSettings.of(() -> "https://app.example");
    SubscriptionsDomain subscriptions =
        new SubscriptionsDomain(
            parts.database(), sold.provider(), settings, parts.sessions()::forgetAccess);
    List<Domain> all = new ArrayList<>();
    all.add(
        new AuthDomain(
            parts.database(),
            SubscriptionsDomain.access(sold.provider(), settings),
            parts.sessions(),
            ROOMY,
            InstantSource.system()));
    all.add(subscriptions);
    all.add(new WebhooksDomain(parts.database(), subscriptions));
    sold.domain().ifPresent(all::add);
    return all;
  }

  /// A company that is about to pay, or has paid.
  record Payer(TestClient client, String checkout) {
    Reply status() {
      return client.get("/api/subscriptions/status").expect(200);
    }
  }

  EventRelay events() {
    return events;
  }

  TestServer server() {
    return server;
  }

  void pay(Payer payer) {
    till.pay(payer);
  }

  void payDue(Payer payer) {
    till.payDue(payer);
  }

  void endPeriodOf(Payer payer) {
    till.endPeriodOf(payer);
  }

  /// A company whose payment has been due for so long, and not been made.
  Payer overdueFor(Duration since) {
    return till.overdue(this, since);
  }

  String customerOf(Payer payer) {
    return till.customerOf(this, payer);
  }

  /// The events of a payer that wait on their way.
  List<Sent> heldOf(Payer payer) {
    return events.heldOf(customerOf(payer));
  }

  TestClient client() {
    return server.client();
  }

  /// A company that did not exist before, with a checkout.
  Payer newcomer(String plan) {
    return checkout(Payments.newcomer(client()), plan);
  }

  Payer checkout(TestClient client, String plan) {
    Reply opened =
        client
            .post("/api/subscriptions/create-checkout-session", "{\"plan\":\"%s\"}".formatted(plan))
            .expect(200);
    return new Payer(client, opened.json().path("sessionId").asText());
  }

  /// A company that has paid.
  Payer subscriber() {
    Payer payer = newcomer("monthly");
    till.pay(payer);
    return payer;
  }

  @Override
  public void close() {
    server.close();
    events.close();
    till.close();
  }
}
