package showfloor.subscriptions.checkout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Caller;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.PaymentProvider.Checkout;
import showfloor.subscriptions.PaymentProvider.CheckoutState;
import showfloor.subscriptions.PaymentProvider.NewCheckout;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.access.Paywall;
import showfloor.subscriptions.customer.Asked;
import showfloor.subscriptions.customer.Customers;
import showfloor.subscriptions.customer.Payer;

/// Paying. Thread-safe.
final class Checkouts {
  /// An event that has not come by then is looked for.
  private static final Duration LOOK_AFTER = Duration.ofMinutes(30);

  private final Customers customers;
  private final PaymentProvider provider;
  private final Paywall paywall;
  private final SubscriptionSettings settings;
  private final InstantSource clock;

  Checkouts(
      Customers customers,
      PaymentProvider provider,
      Paywall paywall,
      SubscriptionSettings settings,
      InstantSource clock) {
    this.customers = customers;
    this.provider = provider;
    this.paywall = paywall;
    this.settings = settings;
    this.clock = clock;
  }

  /// How the wish to pay ended.
  sealed interface Outcome {
    /// @param asked what is to be stored with it
    record Opened(NewCheckout asked, Checkout checkout) implements Outcome {}

    /// Another subscription would be paid beside this one.
    record Exists(Paywall.Seen seen) implements Outcome {}

    /// It can't be paid any more, and nothing else was paid.
    record Expired() implements Outcome {}

    /// The user was removed a moment ago.
    record Gone() implements Outcome {}
  }

  /// Opens a checkout of the provider.
  ///
  /// @param key the request's `Idempotency-Key`: a repeat gets the same checkout
  /// @param origin the page that asks
  Outcome open(Caller caller, Plan plan, Optional<String> key, Optional<String> origin) {
    Optional<Payer> payer = customers.payer(caller);
    if (payer.isEmpty()) {
      return new Outcome.Gone();
    }
    Payer found = payer.get();
    Paywall.Seen seen = paywall.see(found.facts());
    if (seen.isLive()) {
      Optional<Outcome> exists = exists(caller);
      if (exists.isPresent()) {
        return exists.get();
      }
    }
    String customer = Asked.of(() -> customers.customerOf(found));
    String success = settings.successUrl(origin);
    String cancel = settings.cancelUrl(origin);
    // The provider refuses other contents under a known key: here it is another key.
    String contents = "%s %s %s %s".formatted(found.userId(), plan.word(), success, cancel);
    NewCheckout asked =
        new NewCheckout(
            key.map(k -> repeatable(found, k, contents)).orElseGet(() -> UuidV7.next().toString()),
            found.companyId(),
            found.userId(),
            customer,
            plan,
            success,
            cancel);
    Checkout opened = Asked.of(() -> provider.openCheckout(asked));
    return opened.state() == CheckoutState.OPEN
        ? new Outcome.Opened(asked, opened)
        : exists(caller).orElseGet(Outcome.Expired::new);
  }

  /// What is stored may be old: nobody is kept from paying by it.
  private Optional<Outcome> exists(Caller caller) {
    Asked.of(() -> customers.refreshOwn(caller.companyId()));
    return customers
        .payer(caller)
        .map(payer -> paywall.see(payer.facts()))
        .filter(Paywall.Seen::isLive)
        .map(Outcome.Exists::new);
  }

  /// Writes down who asked for it.
  void store(SqlWriter sql, Outcome.Opened opened) {
    Instant now = clock.instant();
    CheckoutQueries.add(
        sql,
        UuidV7.next(),
        provider.name(),
        opened.asked(),
        opened.checkout(),
        now,
        now.plus(LOOK_AFTER));
  }

  /// Fetches what was paid, whether an event came or not. Empty where there is no such checkout, or
  /// it is another company's.
  ///
  /// @param checkoutId null: fetches whatever the company has paid
  Optional<Paywall.Seen> confirm(Caller caller, Optional<String> checkoutId) {
    Optional<Payer> payer = customers.payer(caller);
    if (payer.isEmpty()) {
      return Optional.empty();
    }
    String customer = Asked.of(() -> customers.customerOf(payer.get()));
    boolean own =
        checkoutId
            .map(id -> Asked.of(() -> provider.findCheckout(id)))
            .map(found -> found.filter(c -> c.customerId().equals(customer)).isPresent())
            .orElse(true);
    if (!own) {
      return Optional.empty();
    }
    Asked.of(() -> customers.refreshOwn(caller.companyId()));
    return customers.payer(caller).map(now -> paywall.see(now.facts()));
  }

  /// The address of the provider's portal; empty where the company never opened a checkout.
  Optional<String> portal(Caller caller, Optional<String> origin) {
    return customers
        .payer(caller)
        .flatMap(payer -> Optional.ofNullable(payer.customerId()))
        .map(customer -> Asked.of(() -> provider.openPortal(customer, settings.returnUrl(origin))));
  }

  private static String repeatable(Payer payer, String key, String contents) {
    return HexFormat.of()
        .formatHex(Sha256.of("%s %s %s".formatted(payer.companyId(), contents, key)));
  }
}
