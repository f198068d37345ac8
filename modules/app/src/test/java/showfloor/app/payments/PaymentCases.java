package showfloor.app.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import showfloor.app.payments.Shop.Payer;
import showfloor.testing.stripe.EventRelay.Sent;

/// What holds whoever takes the money: the same cases for every provider, over real HTTP.
abstract class PaymentCases {
  private static final String CONFIRM = "/api/subscriptions/confirm";
  private static final Duration APPLIED_WITHIN = Duration.ofSeconds(15);

  abstract Shop shop();

  /// How many events tell of a purchase.
  abstract int eventsOfPurchase();

  @Test
  void whoPaysGetsInAndKnowsWhatFor() {
    Payer payer = shop().newcomer("annual");
    assertThat(payer.status().json().path("hasSubscription").asBoolean()).isFalse();
    assertThat(reason(payer)).isEqualTo("NO_SUBSCRIPTION");

    shop().pay(payer);

    JsonNode status = until(payer, "ACTIVE");
    assertThat(status.path("isActive").asBoolean()).isTrue();
    assertThat(status.at("/subscription/plan").asText()).isEqualTo("annual");
    JsonNode me = payer.client().get("/api/auth/me").expect(200).json();
    assertThat(me.at("/access/allowed").asBoolean()).isTrue();
    assertThat(me.at("/subscription/subscription")).isEqualTo(status.path("subscription"));
    payer
        .client()
        .post("/api/subscriptions/create-checkout-session", "{\"plan\":\"monthly\"}")
        .expect(400);
  }

  @Test
  void aLostEventIsMadeGoodByConfirming() {
    Payer payer = shop().newcomer("monthly");
    losing(() -> shop().pay(payer));
    assertThat(payer.status().json().path("hasSubscription").asBoolean()).isFalse();

    JsonNode confirmed = confirm(payer, payer.checkout());

    assertThat(confirmed.path("isActive").asBoolean()).isTrue();
    assertThat(reason(payer)).isEqualTo("ACTIVE");
    Payer other = shop().newcomer("monthly");
    for (String id : List.of(payer.checkout(), "cs_test_none", "x", "../customers")) {
      other.client().post(CONFIRM, "{\"sessionId\":\"%s\"}".formatted(id)).expect(404);
    }
  }

  @Test
  void whoCancelsKeepsAccessToTheEndAndCanComeBack() {
    Payer payer = shop().subscriber();
    until(payer, "ACTIVE");
    for (int i = 0; i < 2; i++) {
      payer.client().post("/api/subscriptions/cancel", "").expect(200);
      until(payer, "CANCELED_AT_PERIOD_END");
      assertThat(payer.status().json().path("isActive").asBoolean()).isTrue();
      payer.client().post("/api/subscriptions/resume", "").expect(200);
      until(payer, "ACTIVE");
    }
    payer.client().post("/api/subscriptions/cancel", "").expect(200);
    String customer = shop().customerOf(payer);

    shop().endPeriodOf(payer);

    assertThat(until(payer, "CANCELED").path("isActive").asBoolean()).isFalse();
    payer.client().post("/api/subscriptions/resume", "").expect(404);
    Payer back = shop().checkout(payer.client(), "annual");
    assertThat(shop().customerOf(back)).isEqualTo(customer);
    shop().pay(back);
    assertThat(until(back, "ACTIVE").at("/subscription/plan").asText()).isEqualTo("annual");
    assertThat(payer.client().get("/api/subscriptions/explain").expect(200).json().path("history"))
        .hasSize(2);
  }

  @Test
  void whoIsOverdueHasAWeek() {
    Payer payer = shop().overdueFor(Duration.ofDays(5));
    assertThat(until(payer, "PAST_DUE").path("isActive").asBoolean()).isTrue();

    shop().payDue(payer);

    assertThat(until(payer, "ACTIVE").path("isActive").asBoolean()).isTrue();
  }

  @Test
  void whoIsOverdueForLongerIsOutUntilItIsPaid() {
    Payer payer = shop().overdueFor(Duration.ofDays(9));
    assertThat(until(payer, "PAYMENT_OVERDUE").path("isActive").asBoolean()).isFalse();

    shop().payDue(payer);

    assertThat(until(payer, "ACTIVE").path("isActive").asBoolean()).isTrue();
  }

  @Test
  void everythingThatWasLostIsRebuilt() {
    Payer payer = shop().newcomer("monthly");
    losing(() -> shop().pay(payer));
    confirm(payer, payer.checkout());
    losing(() -> payer.client().post("/api/subscriptions/cancel", "").expect(200));
    losing(() -> shop().endPeriodOf(payer));
    Payer again = shop().checkout(payer.client(), "annual");
    losing(() -> shop().pay(again));

    payer.client().post(CONFIRM, "{}").expect(200);

    JsonNode rebuilt = payer.client().get("/api/subscriptions/explain").expect(200).json();
    assertThat(rebuilt.at("/access/reason").asText()).isEqualTo("ACTIVE");
    assertThat(rebuilt.path("history")).hasSize(2);
  }

  @Test
  void anyOrderAndAnyRepeatLeadToTheSame() throws Exception {
    List<List<Integer>> orders = permutations(eventsOfPurchase());
    List<Payer> payers = buyHeld(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      List<Sent> sent = shop().heldOf(payers.get(i));
      assertThat(sent).hasSize(eventsOfPurchase());
      for (int which : orders.get(i)) {
        assertThat(shop().events().deliver(sent.get(which))).isEqualTo(200);
        assertThat(shop().events().deliver(sent.get(which))).isEqualTo(200);
      }
    }
    for (Payer payer : payers) {
      JsonNode status = until(payer, "ACTIVE");
      assertThat(status.at("/subscription/status").asText()).isEqualTo("active");
      assertThat(status.at("/subscription/cancelAtPeriodEnd").asBoolean()).isFalse();
    }
  }

  @Test
  void oldNewsAfterNewNewsChangesNothing() throws Exception {
    Payer payer = buyHeld(1).getFirst();
    List<Sent> sent = shop().heldOf(payer);
    sent.forEach(shop().events()::deliver);
    until(payer, "ACTIVE");
    payer.client().post("/api/subscriptions/cancel", "").expect(200);
    until(payer, "CANCELED_AT_PERIOD_END");

    sent.reversed().forEach(shop().events()::deliver);
    confirm(payer, payer.checkout());

    assertThat(reason(payer)).isEqualTo("CANCELED_AT_PERIOD_END");
  }

  @Test
  void fiftyReplaysAtOnceAreOne() throws Exception {
    Payer payer = buyHeld(1).getFirst();
    List<Sent> sent = shop().heldOf(payer);
    Set<Integer> statuses = new TreeSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> many = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Sent one = sent.get(i % sent.size());
        many.add(threads.submit(() -> shop().events().deliver(one)));
      }
      for (Future<Integer> one : many) {
        statuses.add(one.get());
      }
    }
    // Who is turned away by a full house comes again: that is no loss.
    assertThat(statuses).isSubsetOf(200, 503).contains(200);
    until(payer, "ACTIVE");
    assertThat(payer.client().get("/api/subscriptions/explain").json().path("history")).hasSize(1);
  }

  @Test
  void whateverIsDroppedRepeatedAndMixedTheLastWordIsTheProviders() throws Exception {
    Random random = new Random(20261123);
    List<Payer> payers = buyHeld(8);
    List<Sent> mixed = new ArrayList<>();
    for (Payer payer : payers) {
      for (Sent sent : shop().heldOf(payer)) {
        mixed.addAll(Collections.nCopies(random.nextInt(3), sent));
      }
    }
    Collections.shuffle(mixed, random);
    mixed.forEach(shop().events()::deliver);
    for (Payer payer : payers) {
      if (mixed.stream().noneMatch(sent -> sent.customer().equals(shop().customerOf(payer)))) {
        confirm(payer, payer.checkout());
      }
      until(payer, "ACTIVE");
    }
  }

  @Test
  void whatWasChangedOnTheWayIsRefused() throws Exception {
    Payer payer = buyHeld(1).getFirst();
    Sent sent = shop().heldOf(payer).getFirst();
    byte[] changed = sent.body().clone();
    changed[changed.length / 2] ^= 1;
    String customer = sent.customer();
    Sent forged = new Sent(sent.type(), customer, sent.signature(), changed);
    Sent unsigned = new Sent(sent.type(), customer, "t=1,v1=" + UUID.randomUUID(), sent.body());

    assertThat(shop().events().deliver(forged)).isEqualTo(400);
    assertThat(shop().events().deliver(unsigned)).isEqualTo(400);

    assertThat(payer.status().json().path("hasSubscription").asBoolean()).isFalse();
  }

  /// Companies that have paid, all events of which wait.
  private List<Payer> buyHeld(int many) throws Exception {
    List<Payer> payers = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      payers.add(shop().newcomer("monthly"));
    }
    shop().events().hold();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> paying = new ArrayList<>();
      for (Payer payer : payers) {
        paying.add(threads.submit(() -> shop().pay(payer)));
      }
      for (Future<?> one : paying) {
        one.get();
      }
    } finally {
      shop().events().pass();
    }
    return payers;
  }

  private void losing(Runnable work) {
    shop().events().hold();
    try {
      work.run();
    } finally {
      shop().events().pass();
    }
  }

  private static JsonNode confirm(Payer payer, String checkout) {
    return payer
        .client()
        .post(CONFIRM, "{\"sessionId\":\"%s\"}".formatted(checkout))
        .expect(200)
        .json();
  }

  private static String reason(Payer payer) {
    return payer.status().json().at("/access/reason").asText();
  }

  /// The status once it has this reason: events are worked on after they are answered.
  static JsonNode until(Payer payer, String reason) {
    long end = System.nanoTime() + APPLIED_WITHIN.toNanos();
    while (!reason(payer).equals(reason) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    JsonNode status = payer.status().json();
    assertThat(status.at("/access/reason").asText()).as(status.toString()).isEqualTo(reason);
    return status;
  }

  private static List<List<Integer>> permutations(int n) {
    if (n == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> shorter : permutations(n - 1)) {
      for (int at = 0; at < n; at++) {
        List<Integer> longer = new ArrayList<>(shorter);
        longer.add(at, n - 1);
        all.add(longer);
      }
    }
    return all;
  }
}
