package showfloor.app.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.app.payments.Shop.Payer;
import showfloor.testing.TestClient;
import showfloor.testing.stripe.StripeFaults.Fault;
import showfloor.testing.stripe.StripeWebhooks;
import showfloor.testing.stripe.StripeWebhooks.Way;

/// The real provider on a stand-in with a memory, and what only Stripe does.
class StripeCasesTest extends PaymentCases {
  private static final StripeTill TILL = new StripeTill();
  private static final Shop SHOP = new Shop(TILL);

  @AfterAll
  static void stop() {
    SHOP.close();
  }

  @AfterEach
  void asBefore() {
    TILL.stripe().webhooks().signWith(StripeWebhooks.SECRET);
    TILL.stripe().webhooks().go(Way.DELIVER);
    TILL.stripe().faults().none();
  }

  @Override
  Shop shop() {
    return SHOP;
  }

  @Override
  int eventsOfPurchase() {
    return 4;
  }

  @Test
  void aSecretIsReplacedWhileBothAreInUse() {
    TILL.stripe().webhooks().signWith("whsec_next");
    assertActive(SHOP.subscriber());
    TILL.stripe().webhooks().signWith("whsec_unknown", "whsec_next");
    Payer payer = SHOP.newcomer("monthly");
    SHOP.pay(payer);
    assertActive(payer);
  }

  @Test
  void stripeRepeatsEveryEventAndNothingIsDoubled() {
    TILL.stripe().webhooks().go(Way.REPEAT);
    Payer payer = SHOP.subscriber();
    assertActive(payer);
    assertThat(payer.client().get("/api/subscriptions/explain").json().path("history")).hasSize(1);
  }

  /// The webhook is late, and the other window still shows that nothing is paid.
  @Test
  void whoPaysInTwoWindowsPaysOnce() {
    String open = "/api/subscriptions/create-checkout-session";
    TILL.stripe().webhooks().go(Way.DROP);
    Payer first = SHOP.newcomer("monthly");
    SHOP.pay(first);
    assertThat(first.client().post(open, "{\"plan\":\"annual\"}").expect(400).text())
        .contains("SUBSCRIPTION_EXISTS");

    Payer second = SHOP.newcomer("monthly");
    TILL.stripe().faults().meanwhile("/expire", () -> SHOP.pay(second));
    assertThat(second.client().post(open, "{\"plan\":\"annual\"}").expect(400).text())
        .contains("SUBSCRIPTION_EXISTS");
    assertActive(second);
  }

  @Test
  void aKeyOpensOneCheckoutAndNoOther() {
    TestClient client = SHOP.newcomer("monthly").client();
    String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};
    String path = "/api/subscriptions/create-checkout-session";
    String first = client.post(path, "{\"plan\":\"monthly\"}", key).expect(200).text();

    client.post(path, "{\"plan\":\"annual\"}", key).expect(422);

    assertThat(client.post(path, "{\"plan\":\"monthly\"}", key).expect(200).text())
        .isEqualTo(first);
  }

  @Test
  void aCancellationInThePortalIsSeen() {
    Payer payer = SHOP.subscriber();
    assertActive(payer);
    TILL.stripe().cancelInPortal(TILL.stripe().subscriptionOf(payer.checkout()));
    until(payer, "CANCELED_AT_PERIOD_END");
    payer.client().post("/api/subscriptions/resume", "").expect(200);
    until(payer, "ACTIVE");
  }

  @Test
  void stripeDownIsA503AndNothingIsPaidTwice() {
    Payer payer = SHOP.newcomer("monthly");
    TILL.stripe().faults().next(Fault.SERVER_ERROR, Fault.SERVER_ERROR, Fault.SERVER_ERROR);
    payer
        .client()
        .post("/api/subscriptions/create-checkout-session", "{\"plan\":\"monthly\"}")
        .expect(503);
    TILL.stripe().faults().next(Fault.LOST_ANSWER);
    Payer again = SHOP.checkout(payer.client(), "monthly");
    SHOP.pay(again);
    assertActive(again);
    assertThat(SHOP.customerOf(again)).isEqualTo(SHOP.customerOf(payer));
  }

  /// Stripe asks for a second, of which there is less.
  @Test
  void whoHasNoTimeForAnotherTryIsToldSoAtOnce() {
    Payer payer = SHOP.newcomer("monthly");
    TILL.stripe().faults().next(Fault.RATE_LIMIT, Fault.RATE_LIMIT);
    long begun = System.nanoTime();
    payer
        .client()
        .post(
            "/api/subscriptions/create-checkout-session",
            "{\"plan\":\"monthly\"}",
            "Request-Timeout",
            "900")
        .expect(503);
    assertThat(TILL.stripe().faults().allMet()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(850));
  }

  private static void assertActive(Payer payer) {
    until(payer, "ACTIVE");
  }
}
