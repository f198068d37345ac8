package showfloor.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import showfloor.dbapi.Database;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

/// A provider that has one subscription for each customer, as a test says. Thread-safe.
final class Paid implements PaymentProvider {
  static final String SECRET = "whsec_of_this_test";
  static final String OLD_SECRET = "whsec_that_is_replaced";

  private final Map<String, SubscriptionStatus> statuses = new ConcurrentHashMap<>();
  final AtomicInteger asked = new AtomicInteger();

  /// Runs before each answer.
  volatile Runnable first = () -> {};

  void set(String customer, SubscriptionStatus status) {
    statuses.put(customer, status);
  }

  @Override
  public String name() {
    return "paid";
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public List<String> webhookSecrets() {
    return List.of(SECRET, OLD_SECRET);
  }

  @Override
  public String createCustomer(NewCustomer customer) {
    return "cus_" + customer.companyId();
  }

  @Override
  public Checkout openCheckout(NewCheckout asked) {
    return new Checkout(
        "cs_" + asked.key(), "https://pay.example", asked.customerId(), CheckoutState.OPEN, null);
  }

  @Override
  public Optional<Checkout> findCheckout(String checkoutId) {
    return Optional.empty();
  }

  @Override
  public String openPortal(String customerId, String returnUrl) {
    return returnUrl;
  }

  @Override
  public void cancelAtPeriodEnd(String subscriptionId) {}

  @Override
  public void resume(String subscriptionId) {}

  @Override
  public Optional<ProviderSubscription> findSubscription(String subscriptionId) {
    return Optional.empty();
  }

  @Override
  public List<ProviderSubscription> subscriptionsOf(String customerId) {
    Database.outsideLease("asking the payment provider");
    asked.incrementAndGet();
    first.run();
    SubscriptionStatus status = statuses.get(customerId);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return status == null
        ? List.of()
        : List.of(
            new ProviderSubscription(
                "sub_" + customerId,
                customerId,
                status,
                Plan.MONTHLY,
                now,
                now,
                now.plus(Duration.ofDays(30)),
                false,
                null,
                null));
  }
}
