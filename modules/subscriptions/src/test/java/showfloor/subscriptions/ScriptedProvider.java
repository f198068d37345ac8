package showfloor.subscriptions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import showfloor.dbapi.Database;

/// A provider whose answers a test sets. Thread-safe.
final class ScriptedProvider implements PaymentProvider {
  final Map<String, List<ProviderSubscription>> sold = new ConcurrentHashMap<>();
  final Map<String, Checkout> checkouts = new ConcurrentHashMap<>();
  final List<NewCustomer> customers = java.util.Collections.synchronizedList(new ArrayList<>());

  /// What happens to a list on its way.
  volatile Function<List<ProviderSubscription>, List<ProviderSubscription>> onTheWay = all -> all;

  static ProviderSubscription subscription(String customer, String id, SubscriptionStatus status) {
    Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    return new ProviderSubscription(
        id,
        customer,
        status,
        Plan.MONTHLY,
        now,
        now,
        now.plus(Duration.ofDays(31)),
        false,
        null,
        status == SubscriptionStatus.CANCELED ? now : null);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public List<String> webhookSecrets() {
    return List.of("whsec_scripted");
  }

  @Override
  public String createCustomer(NewCustomer customer) {
    Database.outsideLease("asking the payment provider");
    customers.add(customer);
    return "cus_" + customer.companyId();
  }

  @Override
  public Checkout openCheckout(NewCheckout asked) {
    Database.outsideLease("asking the payment provider");
    String id = "cs_" + UUID.nameUUIDFromBytes(asked.key().getBytes(StandardCharsets.UTF_8));
    return checkouts.computeIfAbsent(
        id,
        made ->
            new Checkout(
                made, "https://pay.example/" + made, asked.customerId(), CheckoutState.OPEN, null));
  }

  @Override
  public Optional<Checkout> findCheckout(String checkoutId) {
    return Optional.ofNullable(checkouts.get(checkoutId));
  }

  @Override
  public String openPortal(String customerId, String returnUrl) {
    return "https://portal.example/" + customerId;
  }

  @Override
  public void cancelAtPeriodEnd(String subscriptionId) {
    change(subscriptionId, true);
  }

  @Override
  public void resume(String subscriptionId) {
    change(subscriptionId, false);
  }

  private void change(String id, boolean canceled) {
    Database.outsideLease("asking the payment provider");
    sold.replaceAll(
        (customer, all) ->
            all.stream().map(s -> s.id().equals(id) ? with(s, canceled) : s).toList());
  }

  static ProviderSubscription with(ProviderSubscription s, boolean canceled) {
    return new ProviderSubscription(
        s.id(),
        s.customerId(),
        s.status(),
        s.plan(),
        s.createdAt(),
        s.periodStart(),
        s.periodEnd(),
        canceled,
        canceled ? s.createdAt() : null,
        s.endedAt());
  }

  @Override
  public Optional<ProviderSubscription> findSubscription(String subscriptionId) {
    return sold.values().stream()
        .flatMap(List::stream)
        .filter(s -> s.id().equals(subscriptionId))
        .findFirst();
  }

  @Override
  public List<ProviderSubscription> subscriptionsOf(String customerId) {
    Database.outsideLease("asking the payment provider");
    return onTheWay.apply(sold.getOrDefault(customerId, List.of()));
  }
}
