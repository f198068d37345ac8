package showfloor.app.payments;

import java.time.Duration;
import java.util.Optional;
import showfloor.app.payments.Shop.Payer;
import showfloor.httpapi.Domain;
import showfloor.subscriptions.PaymentProvider;
import showfloor.testing.TestServer.Parts;
import showfloor.testing.stripe.EventRelay;

/// One provider, and the hands of those who pay there.
interface Till extends AutoCloseable {
  /// @param domain that plays the provider inside the server
  record Sold(PaymentProvider provider, Optional<Domain> domain) {}

  /// Called once, while the server is made. Events go to the relay.
  Sold provider(Parts parts, EventRelay events);

  /// The customer pays at the checkout. Where events pass, the server knows soon.
  void pay(Payer payer);

  /// What the provider calls the customer.
  String customerOf(Shop shop, Payer payer);

  /// A company whose payment has been due for so long, and not been made.
  Payer overdue(Shop shop, Duration since);

  /// The customer pays what is due.
  void payDue(Payer payer);

  /// The period that is paid for ends.
  void endPeriodOf(Payer payer);

  @Override
  void close();
}
