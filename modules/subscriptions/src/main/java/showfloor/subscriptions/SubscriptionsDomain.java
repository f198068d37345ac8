package showfloor.subscriptions;

import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Access;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Routes;
import showfloor.subscriptions.access.AccessRule;
import showfloor.subscriptions.access.Paywall;
import showfloor.subscriptions.checkout.CheckoutRoutes;
import showfloor.subscriptions.customer.Asked;
import showfloor.subscriptions.customer.Customers;
import showfloor.subscriptions.overview.OverviewRoutes;

/// Who has paid, and what that opens. Thread-safe.
public final class SubscriptionsDomain implements Domain {
  private final PaymentProvider provider;
  private final Customers customers;
  private final OverviewRoutes overview;
  private final CheckoutRoutes checkout;

  /// @param accessChanged told of each company whose access may have changed
  public SubscriptionsDomain(
      Database database,
      PaymentProvider provider,
      SubscriptionSettings settings,
      Consumer<UUID> accessChanged) {
    InstantSource clock = InstantSource.system();
    Paywall paywall = paywall(provider, settings, clock);
    this.provider = provider;
    this.customers = new Customers(database, provider, accessChanged, clock);
    this.overview = new OverviewRoutes(database, customers, provider, paywall);
    this.checkout = new CheckoutRoutes(database, customers, provider, paywall, settings, clock);
  }

  /// The paywall's answer, for the modules that ask it.
  public static Access access(PaymentProvider provider, SubscriptionSettings settings) {
    return paywall(provider, settings, InstantSource.system());
  }

  private static Paywall paywall(
      PaymentProvider provider, SubscriptionSettings settings, InstantSource clock) {
    return new Paywall(new AccessRule(settings.grace()), provider.name(), clock);
  }

  /// Fetches the state of a customer of the provider and stores it, unless a later one was stored
  /// meanwhile: repeated, at the same time or out of order, the latest state stays. Not within a
  /// lease; [PaymentException] where the provider does not answer.
  public Refreshed refresh(String customerId, Refreshed.Entry entry) {
    return customers.refresh(customerId, entry);
  }

  /// The one in use.
  public PaymentProvider provider() {
    return provider;
  }

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public Schema schema() {
    return Schema.of(
            name(),
            SubscriptionsDomain.class::getResourceAsStream,
            "migrations/V1__subscriptions.sql")
        .withSystemTable("customers", "an event of the provider names its customer, no company")
        .withSystemTable("standings", "the wall asks before it knows whose rows may be seen");
  }

  @Override
  public void routes(Routes routes) {
    overview.declare(routes);
    checkout.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(SubscriptionsDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(CheckoutRoutes.EXISTS, Asked.UNAVAILABLE, Asked.REFUSED);
  }

  @Override
  public List<Job> jobs() {
    return List.of(
        new Job(
            "subscriptions.look_after",
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            customers::lookAfter));
  }
}
