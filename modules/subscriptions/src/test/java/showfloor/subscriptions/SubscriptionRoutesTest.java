package showfloor.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

class SubscriptionRoutesTest {
  private static final Bench BENCH = new Bench();
  private static final String OPEN = "/api/subscriptions/create-checkout-session";
  private static final String ANNUAL = "{\"plan\": \"annual\"}";

  private final TestClient acme = BENCH.newCompany();
  private final TestClient other = BENCH.newCompany();

  @AfterAll
  static void stop() {
    BENCH.close();
  }

  private static void sell(TestClient client, String id, SubscriptionStatus status) {
    String customer = Bench.customer(client);
    List<PaymentProvider.ProviderSubscription> all =
        new ArrayList<>(BENCH.provider.sold.getOrDefault(customer, List.of()));
    all.removeIf(s -> s.id().equals(id));
    all.add(ScriptedProvider.subscription(customer, id, status));
    BENCH.provider.sold.put(customer, List.copyOf(all));
  }

  private static Reply post(TestClient client, String what) {
    return client.send("POST", "/api/subscriptions/" + what, BodyPublishers.noBody());
  }

  private static JsonNode status(TestClient client) {
    return client.get("/api/subscriptions/status").expect(200).json();
  }

  @Test
  void plansAndPricesArePublic() {
    JsonNode plans = BENCH.server.client().get("/api/subscriptions/plans").expect(200).json();
    assertThat(plans.at("/plans/0/plan").asText()).isEqualTo("monthly");
    assertThat(plans.at("/plans/0/priceCents").asInt()).isEqualTo(9_900);
    assertThat(plans.at("/plans/1/priceCents").asInt()).isEqualTo(92_000);
  }

  @Test
  void whoNeverPaidHasNothingAndNothingToCancel() {
    assertThat(status(acme).path("hasSubscription").asBoolean()).isFalse();
    assertThat(status(acme).at("/access/nextStep").asText()).isEqualTo("SUBSCRIBE");
    for (String what : List.of("cancel", "resume", "create-portal-session")) {
      assertThat(post(acme, what).expect(404).json().path("code").asText())
          .as(what)
          .isEqualTo("NO_SUBSCRIPTION");
    }
  }

  @Test
  void theCustomerIsMadeAndStoredBeforeAnythingCanBePaidAndOnce() {
    acme.post(OPEN, ANNUAL).expect(200);
    acme.post(OPEN, ANNUAL).expect(200);
    assertThat(
            BENCH.provider.customers.stream()
                .filter(made -> made.companyId().equals(Bench.company(acme))))
        .hasSize(1);
    // Stored: an event of it finds its company.
    sell(acme, "sub_first", SubscriptionStatus.ACTIVE);
    assertThat(BENCH.refresh(Bench.customer(acme)))
        .isEqualTo(new Refreshed.Stored(Bench.company(acme)));
    assertThat(status(acme).path("isActive").asBoolean()).isTrue();
    assertThat(status(other).path("hasSubscription").asBoolean()).isFalse();
  }

  @Test
  void whoHasASubscriptionIsNotSoldAnotherOne() {
    acme.post(OPEN, ANNUAL).expect(200);
    sell(acme, "sub_exists", SubscriptionStatus.ACTIVE);
    post(acme, "confirm").expect(200);
    Reply refused = acme.post(OPEN, ANNUAL).expect(400);
    assertThat(refused.json().path("code").asText()).isEqualTo("SUBSCRIPTION_EXISTS");
    assertThat(refused.json().at("/subscription/status").asText()).isEqualTo("active");
  }

  @Test
  void aKeyThatIsNewSellsNoSecondSubscriptionEither() {
    acme.post(OPEN, ANNUAL, "Idempotency-Key", "pay-a").expect(200);
    sell(acme, "sub_new_key", SubscriptionStatus.ACTIVE);
    post(acme, "confirm").expect(200);
    int opened = BENCH.provider.checkouts.size();
    for (int i = 0; i < 2; i++) {
      Reply refused = acme.post(OPEN, ANNUAL, "Idempotency-Key", "pay-b").expect(400);
      assertThat(refused.json().path("code").asText()).isEqualTo("SUBSCRIPTION_EXISTS");
    }
    assertThat(BENCH.provider.checkouts).hasSize(opened);
    sell(acme, "sub_new_key", SubscriptionStatus.CANCELED);
    acme.post(OPEN, ANNUAL, "Idempotency-Key", "pay-b").expect(200);
  }

  /// What is stored says that it runs; the provider knows better.
  @Test
  void nobodyIsKeptFromPayingByWhatIsOld() {
    acme.post(OPEN, ANNUAL).expect(200);
    sell(acme, "sub_old", SubscriptionStatus.ACTIVE);
    post(acme, "confirm").expect(200);
    sell(acme, "sub_old", SubscriptionStatus.CANCELED);
    acme.post(OPEN, ANNUAL).expect(200);
    assertThat(status(acme).at("/access/reason").asText()).isEqualTo("CANCELED");
  }

  @Test
  void aRepeatedKeyGetsTheFirstAnswerEvenOncePaid() {
    Reply first = acme.post(OPEN, ANNUAL, "Idempotency-Key", "pay-1").expect(200);
    sell(acme, "sub_key", SubscriptionStatus.ACTIVE);
    post(acme, "confirm").expect(200);
    Reply again = acme.post(OPEN, ANNUAL, "Idempotency-Key", "pay-1").expect(200);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    // The same key of another company is another key.
    assertThat(other.post(OPEN, ANNUAL, "Idempotency-Key", "pay-1").expect(200).text())
        .isNotEqualTo(first.text());
  }

  @Test
  void cancellingLeavesAccessAndCanBeTakenBack() {
    acme.post(OPEN, ANNUAL).expect(200);
    sell(acme, "sub_cancel", SubscriptionStatus.ACTIVE);
    post(acme, "confirm").expect(200);
    for (int i = 0; i < 2; i++) {
      JsonNode canceled = post(acme, "cancel").expect(200).json();
      assertThat(canceled.at("/subscription/cancelAtPeriodEnd").asBoolean()).isTrue();
      assertThat(canceled.at("/subscription/canCancel").asBoolean()).isFalse();
      assertThat(canceled.path("currentPeriodEnd").asText()).isNotEmpty();
      assertThat(status(acme).path("isActive").asBoolean()).isTrue();
      assertThat(status(acme).at("/access/reason").asText()).isEqualTo("CANCELED_AT_PERIOD_END");
    }
    post(acme, "resume").expect(200);
    assertThat(status(acme).at("/access/reason").asText()).isEqualTo("ACTIVE");
    assertThat(status(acme).at("/subscription/canCancel").asBoolean()).isTrue();
  }

  @Test
  void manySubscriptionsOverTimeAreKept() {
    acme.post(OPEN, ANNUAL).expect(200);
    sell(acme, "sub_a", SubscriptionStatus.CANCELED);
    sell(acme, "sub_b", SubscriptionStatus.ACTIVE);
    post(acme, "confirm").expect(200);
    JsonNode explained = acme.get("/api/subscriptions/explain").expect(200).json();
    assertThat(explained.path("history")).hasSize(2);
    assertThat(explained.at("/access/reason").asText()).isEqualTo("ACTIVE");
    assertThat(other.get("/api/subscriptions/explain").expect(200).json().path("history"))
        .isEmpty();
  }

  @Test
  void anothersCheckoutIsAsIfThereWereNone() {
    String mine = acme.post(OPEN, ANNUAL).expect(200).json().path("sessionId").asText();
    Reply foreign = other.post("/api/subscriptions/confirm", confirmation(mine)).expect(404);
    Reply missing = other.post("/api/subscriptions/confirm", confirmation("cs_x")).expect(404);
    assertThat(foreign.json().path("detail")).isEqualTo(missing.json().path("detail"));
    acme.post("/api/subscriptions/confirm", confirmation(mine)).expect(200);
  }

  private static String confirmation(String session) {
    return "{\"sessionId\": \"%s\"}".formatted(session);
  }

  @Test
  void aProviderThatFailsIsNamedAndNothingIsHeld() {
    acme.post(OPEN, ANNUAL).expect(200);
    BENCH.provider.onTheWay =
        all -> {
          throw PaymentException.unavailable("down", new IllegalStateException());
        };
    try {
      Reply failed = post(acme, "confirm").expect(503);
      assertThat(failed.json().path("code").asText()).isEqualTo("PAYMENT_PROVIDER_UNAVAILABLE");
      assertThat(failed.header("Retry-After")).isPresent();
    } finally {
      BENCH.provider.onTheWay = all -> all;
    }
  }

  @Test
  void wrongInputIsToldWhatToChange() {
    assertThat(acme.post(OPEN, "{\"plan\": \"weekly\"}").expect(400).text())
        .contains("monthly, annual");
    acme.post(OPEN, "{}").expect(400);
    acme.post(OPEN, "{\"plan\": \"monthly\", \"price\": 1}").expect(400);
    acme.post("/api/subscriptions/confirm", "{\"sessionId\": 1}").expect(400);
    BENCH.server.client().get("/api/subscriptions/status").expect(401);
  }

  /// A lost event: nobody tells, the job asks.
  @Test
  void theJobLooksAfterACheckoutWhoseEventNeverCame() throws Exception {
    acme.post(OPEN, ANNUAL).expect(200);
    sell(acme, "sub_lost", SubscriptionStatus.ACTIVE);
    BENCH.server.runJob("subscriptions.look_after");
    assertThat(status(acme).path("hasSubscription").asBoolean()).as("not due yet").isFalse();
    Database.due(Bench.customer(acme));
    BENCH.server.runJob("subscriptions.look_after");
    assertThat(status(acme).path("isActive").asBoolean()).isTrue();
  }

  /// Puts the clock of one row back, past the module.
  private static final class Database {
    static void due(String customer) {
      showfloor.testing.Observer.asOwner(
          "update subscriptions.customers set look_at = now() where customer_id = '%s'"
              .formatted(customer));
    }
  }
}
