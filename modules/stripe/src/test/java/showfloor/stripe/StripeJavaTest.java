package showfloor.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.PaymentProvider.NewCheckout;
import showfloor.subscriptions.PaymentProvider.NewCustomer;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.testing.stripe.FakeStripe;
import showfloor.testing.stripe.FakeStripe.Seen;
import showfloor.testing.stripe.StripeWebhooks;

/// Stripe's own client as a second opinion: it sends what our provider sends, reads what our
/// stand-in answers, and takes its signatures.
class StripeJavaTest {
  private final FakeStripe stripe = FakeStripe.start();
  private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(5));
  private final StripeProvider provider =
      new StripeProvider(
          calls,
          new StripeSettings(
              stripe.uri().toString(),
              FakeStripe.SECRET_KEY,
              List.of(StripeWebhooks.SECRET),
              FakeStripe.MONTHLY,
              FakeStripe.ANNUAL));
  private final StripeClient theirs =
      StripeClient.builder()
          .setApiKey(FakeStripe.SECRET_KEY)
          .setApiBase(stripe.uri().toString())
          .build();

  @AfterEach
  void stop() {
    calls.close();
    stripe.close();
  }

  @Test
  void bothAskForACheckoutWithTheSameWords() throws Exception {
    UUID company = UUID.randomUUID();
    UUID user = UUID.randomUUID();
    String ours = provider.createCustomer(new NewCustomer(company, "Acme", "jo@acme.example"));
    provider.openCheckout(
        new NewCheckout("k", company, user, ours, Plan.ANNUAL, "https://a.example/s", "https://c"));
    Customer customer =
        theirs
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .putMetadata("companyId", company.toString())
                    .build());
    theirs.v1().checkout().sessions().create(sameCheckout(customer.getId(), company, user));

    assertThat(parameters("checkout/sessions", 0).replace(ours, customer.getId()))
        .isEqualTo(parameters("checkout/sessions", 1));
    assertThat(parameters("customers", 0)).isEqualTo(parameters("customers", 1));
  }

  @Test
  void bothReadTheSameOfASubscription() throws Exception {
    String customer =
        provider.createCustomer(new NewCustomer(UUID.randomUUID(), "Acme", "jo@acme.example"));
    UUID company = UUID.randomUUID();
    NewCheckout asked =
        new NewCheckout("k", company, company, customer, Plan.MONTHLY, "https://s", "https://c");
    String checkout = provider.openCheckout(asked).id();
    String bought = stripe.complete(checkout);
    provider.cancelAtPeriodEnd(bought);

    Session session = theirs.v1().checkout().sessions().retrieve(checkout);
    assertThat(session.getStatus()).isEqualTo("complete");
    assertThat(session.getSubscription()).isEqualTo(bought);
    Subscription read =
        theirs
            .v1()
            .subscriptions()
            .list(
                SubscriptionListParams.builder()
                    .setCustomer(customer)
                    .setStatus(SubscriptionListParams.Status.ALL)
                    .build())
            .getData()
            .getFirst();
    ProviderSubscription ours = provider.findSubscription(bought).orElseThrow();
    assertThat(read.getId()).isEqualTo(ours.id());
    assertThat(read.getStatus()).isEqualTo(ours.status().word());
    assertThat(read.getCancelAtPeriodEnd()).isEqualTo(ours.cancelAtPeriodEnd());
    assertThat(read.getItems().getData().getFirst().getCurrentPeriodEnd())
        .isEqualTo(ours.periodEnd().getEpochSecond());
    assertThat(read.getMetadata()).containsEntry("companyId", company.toString());
  }

  @Test
  void theirsTakesTheEventsAndTheErrors() throws Exception {
    provider.createCustomer(new NewCustomer(UUID.randomUUID(), "Acme", "jo@acme.example"));
    StripeWebhooks.Event sent = stripe.webhooks().events().getFirst();
    Event event =
        Webhook.constructEvent(
            sent.payload(), stripe.webhooks().signature(sent.payload()), StripeWebhooks.SECRET);
    assertThat(event.getId()).isEqualTo(sent.id());
    assertThat(event.getType()).isEqualTo("customer.created");
    assertThatThrownBy(() -> theirs.v1().subscriptions().retrieve("sub_none"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getCode()).isEqualTo("resource_missing"));
  }

  private String parameters(String path, int which) {
    return stripe.requests().stream()
        .filter(seen -> seen.method().equals("POST") && seen.path().equals("/v1/" + path))
        .skip(which)
        .findFirst()
        .map(Seen::parameters)
        .map(StripeJavaTest::sorted)
        .orElseThrow();
  }

  /// In one order and one way of escaping.
  private static String sorted(String form) {
    String plain = java.net.URLDecoder.decode(form, java.nio.charset.StandardCharsets.UTF_8);
    return String.join("\n", java.util.Arrays.stream(plain.split("&", -1)).sorted().toList());
  }

  private static SessionCreateParams sameCheckout(String customer, UUID company, UUID user) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
        .setCustomer(customer)
        .setClientReferenceId(company.toString())
        .addLineItem(
            SessionCreateParams.LineItem.builder()
                .setPrice(FakeStripe.ANNUAL)
                .setQuantity(1L)
                .build())
        .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
        .setSuccessUrl("https://a.example/s")
        .setCancelUrl("https://c")
        .putMetadata("companyId", company.toString())
        .putMetadata("userId", user.toString())
        .putMetadata("plan", "annual")
        .setSubscriptionData(
            SessionCreateParams.SubscriptionData.builder()
                .putMetadata("companyId", company.toString())
                .putMetadata("userId", user.toString())
                .putMetadata("plan", "annual")
                .build())
        .build();
  }
}
