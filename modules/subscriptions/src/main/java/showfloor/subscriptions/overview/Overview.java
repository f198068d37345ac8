package showfloor.subscriptions.overview;

import java.util.List;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.httpapi.Caller;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.access.Paywall;
import showfloor.subscriptions.access.Standing;
import showfloor.subscriptions.customer.Asked;
import showfloor.subscriptions.customer.Customers;

/// What a company has, and ending it. Thread-safe.
final class Overview {
  private final Database database;
  private final Customers customers;
  private final PaymentProvider provider;
  private final Paywall paywall;

  Overview(Database database, Customers customers, PaymentProvider provider, Paywall paywall) {
    this.database = database;
    this.customers = customers;
    this.provider = provider;
    this.paywall = paywall;
  }

  /// One statement.
  Paywall.Seen seen(Caller caller) {
    return paywall.see(OverviewQueries.facts(database, caller.companyId()).orElse(null));
  }

  /// All that there ever was, the newest first. One statement.
  List<Entry> history() {
    return OverviewQueries.history(database);
  }

  /// Lets the subscription end with its period. Empty where none runs. A repeat changes nothing.
  Optional<Paywall.Seen> cancel(Caller caller) {
    return change(caller, s -> provider.cancelAtPeriodEnd(s.subscription().id()));
  }

  /// Takes that back. Empty where none runs. A repeat changes nothing.
  Optional<Paywall.Seen> resume(Caller caller) {
    return change(caller, s -> provider.resume(s.subscription().id()));
  }

  /// What to ask the provider for.
  private interface Change {
    void of(Standing standing);
  }

  private Optional<Paywall.Seen> change(Caller caller, Change change) {
    Paywall.Seen before = seen(caller);
    if (!before.isLive()) {
      return Optional.empty();
    }
    Asked.of(
        () -> {
          try {
            change.of(before.standing().orElseThrow());
          } finally {
            // A refusal means that what is stored is old, and an answer that was lost may have been
            // a yes.
            refreshQuietly(caller);
          }
          return true;
        });
    return Optional.of(seen(caller));
  }

  private void refreshQuietly(Caller caller) {
    try {
      customers.refreshOwn(caller.companyId());
    } catch (PaymentException e) {
      // The provider's event will tell, or the next look at the customer.
      return;
    }
  }
}
