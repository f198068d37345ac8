package showfloor.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider.Checkout;
import showfloor.subscriptions.PaymentProvider.CheckoutState;
import showfloor.subscriptions.PaymentProvider.NewCheckout;
import showfloor.subscriptions.PaymentProvider.NewCustomer;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;
import showfloor.testing.stripe.FakeStripe;
import showfloor.testing.stripe.FakeStripe.Seen;
import showfloor.testing.stripe.StripeFaults.Fault;

class StripeProviderTest {
  private final FakeStripe stripe = FakeStripe.start();
  private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(1));
  private final StripeProvider provider = provider(FakeStripe.SECRET_KEY);
  private final NewCustomer acme =
      new NewCustomer(UUID.randomUUID(), "Acme & Söhne", "jo+pay@acme.example");

  @AfterEach
  void stop() {
    calls.close();
    stripe.close();
  }

  private StripeProvider provider(String key) {
    return new StripeProvider(
        calls,
        new StripeSettings(
            stripe.uri().toString(),
            key,
            List.of("whsec_new", "whsec_old"),
            FakeStripe.MONTHLY,
            FakeStripe.ANNUAL));
  }

  @Test
  void aCheckoutBecomesASubscriptionOfTheCompany() {
    String customer = provider.createCustomer(acme);
    Checkout open = open(customer, Plan.ANNUAL, "k1");
    assertThat(open.state()).isEqualTo(CheckoutState.OPEN);
    assertThat(open.customerId()).isEqualTo(customer);
    assertThat(open.url()).startsWith("https://");
    assertThat(open.subscriptionId()).isNull();

    String paid = stripe.complete(open.id());

    Checkout complete = provider.findCheckout(open.id()).orElseThrow();
    assertThat(complete.state()).isEqualTo(CheckoutState.COMPLETE);
    assertThat(complete.url()).isNull();
    assertThat(complete.subscriptionId()).isEqualTo(paid);
    ProviderSubscription bought = provider.findSubscription(paid).orElseThrow();
    assertThat(bought.status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(bought.plan()).isEqualTo(Plan.ANNUAL);
    assertThat(bought.customerId()).isEqualTo(customer);
    assertThat(bought.periodStart()).isEqualTo(bought.createdAt()).isEqualTo(stripe.now());
    assertThat(Duration.between(bought.periodStart(), bought.periodEnd()).toDays())
        .isBetween(365L, 366L);
    assertThat(bought.canceledAt()).isNull();
    assertThat(provider.subscriptionsOf(customer)).containsExactly(bought);
  }

  @Test
  void whatIsNotThereIsEmptyAndNoIdLeavesThePath() {
    assertThat(provider.findCheckout("cs_test_none")).isEmpty();
    assertThat(provider.findSubscription("sub_none")).isEmpty();
    int asked = stripe.requests().size();
    for (String id : List.of("", "../customers", "cs_x/line_items", "cs_x?expand[]=a", "cs_\n")) {
      assertThat(provider.findCheckout(id)).isEmpty();
      assertThat(provider.findSubscription(id)).isEmpty();
      assertThatThrownBy(() -> provider.cancelAtPeriodEnd(id)).isInstanceOf(PaymentException.class);
    }
    assertThat(stripe.requests()).hasSize(asked);
  }

  @Test
  void aCompanyHasOneCustomerWhateverHappens() {
    Set<String> made = new TreeSet<>();
    made.add(provider.createCustomer(acme));
    made.add(
        provider.createCustomer(new NewCustomer(acme.companyId(), "Acme Ltd", "b@acme.example")));
    stripe.advance(Duration.ofDays(3));
    made.add(provider.createCustomer(acme));
    assertThat(made).hasSize(1);
    NewCustomer bolt = new NewCustomer(UUID.randomUUID(), "Bolt", "b@bolt.example");
    assertThat(made).doesNotContain(provider.createCustomer(bolt));
  }

  @Test
  void manyAtOnceMakeOneCustomer() throws Exception {
    Set<String> made = new TreeSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> many = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        many.add(threads.submit(() -> provider.createCustomer(acme)));
      }
      for (Future<String> one : many) {
        made.add(one.get());
      }
    }
    assertThat(made).hasSize(1);
  }

  @Test
  void aRepeatedCheckoutIsTheSameOne() {
    String customer = provider.createCustomer(acme);
    Checkout first = open(customer, Plan.MONTHLY, "k1");
    assertThat(open(customer, Plan.MONTHLY, "k1")).isEqualTo(first);
    assertThat(open(customer, Plan.MONTHLY, "k2").id()).isNotEqualTo(first.id());
    assertThat(failure(() -> open(customer, Plan.ANNUAL, "k1")).isRetryable()).isFalse();
    stripe.advance(Duration.ofDays(1));
    Checkout old = provider.findCheckout(first.id()).orElseThrow();
    assertThat(old.state()).isEqualTo(CheckoutState.EXPIRED);
    assertThat(old.url()).isNull();
  }

  @Test
  void whoOpensAnotherCheckoutCannotPayBoth() {
    String customer = provider.createCustomer(acme);
    String other =
        provider.createCustomer(new NewCustomer(UUID.randomUUID(), "Bolt", "b@bolt.example"));
    Checkout bolts = open(other, Plan.MONTHLY, "bolt");
    Checkout first = open(customer, Plan.MONTHLY, "k1");
    Checkout second = open(customer, Plan.ANNUAL, "k2");

    assertThat(open(customer, Plan.MONTHLY, "k1").state()).isEqualTo(CheckoutState.EXPIRED);
    assertThat(state(first)).isEqualTo(CheckoutState.EXPIRED);
    assertThat(state(second)).isEqualTo(CheckoutState.OPEN);
    assertThat(state(bolts)).isEqualTo(CheckoutState.OPEN);
  }

  @Test
  void ofCheckoutsThatAreOpenedAtOnceOneStays() throws Exception {
    String customer = provider.createCustomer(acme);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Checkout>> many = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String key = "k" + i;
        many.add(threads.submit(() -> open(customer, Plan.MONTHLY, key)));
      }
      List<Checkout> all = new ArrayList<>();
      for (Future<Checkout> one : many) {
        all.add(one.get());
      }
      assertThat(all.stream().map(this::state)).containsOnlyOnce(CheckoutState.OPEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkout/sessions", "/expire"})
  void anotherCheckoutExpiresWhereTheEarlierOneIsPaidAtThatMoment(String moment) {
    String customer = provider.createCustomer(acme);
    Checkout first = open(customer, Plan.MONTHLY, "k1");
    stripe.faults().meanwhile(moment, () -> stripe.complete(first.id()));

    Checkout second = open(customer, Plan.ANNUAL, "k2");

    assertThat(second.state()).isEqualTo(CheckoutState.EXPIRED);
    assertThat(state(second)).isEqualTo(CheckoutState.EXPIRED);
    assertThat(state(first)).isEqualTo(CheckoutState.COMPLETE);
  }

  @Test
  void aFailureThatStripeKeepsUnderAKeyIsLeftBehind() {
    stripe.faults().meanwhile("/search", () -> stripe.faults().next(Fault.KEPT_ERROR));
    String customer = provider.createCustomer(acme);
    assertThat(provider.createCustomer(acme)).isEqualTo(customer);
    stripe.faults().next(Fault.KEPT_ERROR);
    Checkout open = open(customer, Plan.MONTHLY, "k1");
    assertThat(open(customer, Plan.MONTHLY, "k1")).isEqualTo(open);
    assertThat(open.state()).isEqualTo(CheckoutState.OPEN);
  }

  private CheckoutState state(Checkout checkout) {
    return provider.findCheckout(checkout.id()).orElseThrow().state();
  }

  @Test
  void cancellationAndResumptionCanBeRepeated() {
    String bought = buy(provider.createCustomer(acme));
    for (int i = 0; i < 2; i++) {
      provider.cancelAtPeriodEnd(bought);
      ProviderSubscription ending = provider.findSubscription(bought).orElseThrow();
      assertThat(ending.cancelAtPeriodEnd()).isTrue();
      assertThat(ending.status()).isEqualTo(SubscriptionStatus.ACTIVE);
      assertThat(ending.canceledAt()).isEqualTo(stripe.now());
      assertThat(ending.endedAt()).isNull();
    }
    for (int i = 0; i < 2; i++) {
      provider.resume(bought);
      ProviderSubscription kept = provider.findSubscription(bought).orElseThrow();
      assertThat(kept.cancelAtPeriodEnd()).isFalse();
      assertThat(kept.canceledAt()).isNull();
    }
  }

  @Test
  void aCancellationInThePortalIsSeenAndTakenBack() {
    String bought = buy(provider.createCustomer(acme));
    stripe.cancelInPortal(bought);
    assertThat(provider.findSubscription(bought).orElseThrow().cancelAtPeriodEnd()).isTrue();
    provider.resume(bought);
    assertThat(provider.findSubscription(bought).orElseThrow().cancelAtPeriodEnd()).isFalse();
    stripe.advance(Duration.ofDays(32));
    assertThat(provider.findSubscription(bought).orElseThrow().status())
        .isEqualTo(SubscriptionStatus.ACTIVE);
  }

  @Test
  void periodsRenewFailRecoverAndEnd() {
    String customer = provider.createCustomer(acme);
    String bought = buy(customer);
    ProviderSubscription first = provider.findSubscription(bought).orElseThrow();
    stripe.advance(Duration.ofDays(31));
    ProviderSubscription second = provider.findSubscription(bought).orElseThrow();
    assertThat(second.periodStart()).isEqualTo(first.periodEnd());
    stripe.declineCardOf(customer);
    stripe.advance(Duration.ofDays(31));
    ProviderSubscription due = provider.findSubscription(bought).orElseThrow();
    assertThat(due.status()).isEqualTo(SubscriptionStatus.PAST_DUE);
    assertThat(due.periodStart()).isEqualTo(second.periodEnd());
    stripe.acceptCardOf(customer);
    assertThat(provider.findSubscription(bought).orElseThrow().status())
        .isEqualTo(SubscriptionStatus.ACTIVE);
    stripe.declineCardOf(customer);
    stripe.advance(Duration.ofDays(60));
    ProviderSubscription over = provider.findSubscription(bought).orElseThrow();
    assertThat(over.status()).isEqualTo(SubscriptionStatus.CANCELED);
    assertThat(over.endedAt()).isNotNull();
    assertThat(failure(() -> provider.cancelAtPeriodEnd(bought)).isRetryable()).isFalse();
  }

  @Test
  void allSubscriptionsAreListedHoweverManyPagesTheyAre() {
    String customer = provider.createCustomer(acme);
    Set<String> bought = new TreeSet<>();
    for (int i = 0; i < 101; i++) {
      Checkout open = open(customer, Plan.MONTHLY, "k" + i);
      bought.add(stripe.complete(open.id()));
      stripe.cancelNow(stripe.subscriptionOf(open.id()));
    }
    int asked = stripe.requests().size();
    List<ProviderSubscription> all = provider.subscriptionsOf(customer);
    assertThat(all)
        .extracting(ProviderSubscription::id)
        .containsExactlyInAnyOrderElementsOf(bought);
    assertThat(stripe.requests().size() - asked).isEqualTo(3);
  }

  @Test
  void thePortalIsAnAddress() {
    String customer = provider.createCustomer(acme);
    String portal = provider.openPortal(customer, "https://app.example/account?a=1&b=2");
    assertThat(portal).startsWith("https://");
    assertThat(stripe.requests().getLast().parameters()).contains("a%3D1%26b%3D2");
    assertThat(failure(() -> provider.openPortal("cus_none", portal)).isRetryable()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_REQUEST", "LOST_ANSWER", "SERVER_ERROR", "RATE_LIMIT", "KEY_IN_USE"})
  void whatMayPassIsTriedAgainAndHappensOnce(Fault fault) {
    String customer = provider.createCustomer(acme);
    int before = stripe.webhooks().events().size();
    stripe.faults().next(fault, fault);

    Checkout open = open(customer, Plan.MONTHLY, "k1");

    assertThat(stripe.faults().allMet()).isTrue();
    assertThat(open(customer, Plan.MONTHLY, "k1")).isEqualTo(open);
    List<Seen> tries =
        stripe.requests().stream()
            .filter(seen -> seen.method().equals("POST") && seen.path().endsWith("/sessions"))
            .toList();
    assertThat(tries).hasSize(4).extracting(seen -> seen.key().orElseThrow()).containsOnly("k1");
    assertThat(stripe.webhooks().events()).hasSize(before);
    stripe.faults().next(fault);
    assertThat(provider.findCheckout(open.id())).hasValue(open);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_REQUEST", "LOST_ANSWER", "SERVER_ERROR", "RATE_LIMIT"})
  void whatDoesNotPassIsGivenUpAndMayBeTriedLater(Fault fault) {
    String customer = provider.createCustomer(acme);
    stripe.faults().next(fault, fault, fault);
    assertThat(failure(() -> open(customer, Plan.MONTHLY, "k1")).isRetryable()).isTrue();
    assertThat(stripe.faults().allMet()).isTrue();
    assertThat(open(customer, Plan.MONTHLY, "k1").state()).isEqualTo(CheckoutState.OPEN);
  }

  @Test
  void silenceIsNotWaitedForLongerThanTheLimit() {
    stripe.faults().next(Fault.SILENCE, Fault.SILENCE, Fault.SILENCE);
    long begun = System.nanoTime();
    assertThat(failure(() -> provider.createCustomer(acme)).isRetryable()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk_test_wrong", "rk_test_wrong"})
  void aWrongKeyIsRefusedAndNotTold(String key) {
    PaymentException refused = failure(() -> provider(key).createCustomer(acme));
    assertThat(refused.isRetryable()).isFalse();
    assertThat(refused).hasMessageContaining("401").hasMessageNotContaining(key);
    assertThat(stripe.requests()).hasSize(1);
  }

  @Test
  void namesItselfItsModeItsSecretsAndItsVersion() {
    assertThat(provider.name()).isEqualTo("stripe");
    assertThat(provider.isLive()).isFalse();
    assertThat(provider.webhookSecrets()).containsExactly("whsec_new", "whsec_old");
    provider.createCustomer(acme);
    assertThat(stripe.requests())
        .allMatch(seen -> seen.version().filter("2025-03-31.basil"::equals).isPresent())
        .filteredOn(seen -> seen.method().equals("POST"))
        .allMatch(seen -> seen.key().isPresent());
  }

  private String buy(String customer) {
    return stripe.complete(open(customer, Plan.MONTHLY, UUID.randomUUID().toString()).id());
  }

  private Checkout open(String customer, Plan plan, String key) {
    return provider.openCheckout(
        new NewCheckout(
            key,
            acme.companyId(),
            new UUID(7, 7),
            customer,
            plan,
            "https://app.example/subscription/success?session_id={CHECKOUT_SESSION_ID}",
            "https://app.example/subscription/cancel"));
  }

  private static PaymentException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    PaymentException failure = catchThrowableOfType(PaymentException.class, work);
    assertThat(failure).isNotNull();
    return failure;
  }
}
