package showfloor.app.payments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import showfloor.app.payments.Shop.Payer;
import showfloor.httpclient.HttpCalls;
import showfloor.stripe.StripeProvider;
import showfloor.stripe.StripeSettings;
import showfloor.testing.TestServer.Parts;
import showfloor.testing.stripe.EventRelay;
import showfloor.testing.stripe.FakeStripe;
import showfloor.testing.stripe.StripeWebhooks;

/// Stripe, or what stands in for it.
final class StripeTill implements Till {
  private static final Duration PERIOD = Duration.ofDays(31);

  private final FakeStripe stripe = FakeStripe.start();
  private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(5));

  @Override
  public Sold provider(Parts parts, EventRelay events) {
    stripe.webhooks().to(events.url());
    StripeSettings settings =
        new StripeSettings(
            stripe.uri().toString(),
            FakeStripe.SECRET_KEY,
            List.of("whsec_next", StripeWebhooks.SECRET),
            FakeStripe.MONTHLY,
            FakeStripe.ANNUAL);
    return new Sold(new StripeProvider(calls, settings), Optional.empty());
  }

  FakeStripe stripe() {
    return stripe;
  }

  @Override
  public void pay(Payer payer) {
    stripe.complete(payer.checkout());
    stripe.webhooks().settle();
  }

  @Override
  public String customerOf(Shop shop, Payer payer) {
    return stripe.customerOf(payer.checkout());
  }

  @Override
  public Payer overdue(Shop shop, Duration since) {
    Duration ago = PERIOD.plus(since);
    stripe.rewind(ago);
    Payer payer = shop.subscriber();
    stripe.declineCardOf(customerOf(shop, payer));
    stripe.advance(ago);
    stripe.webhooks().settle();
    return payer;
  }

  @Override
  public void payDue(Payer payer) {
    stripe.acceptCardOf(stripe.customerOf(payer.checkout()));
    stripe.webhooks().settle();
  }

  @Override
  public void endPeriodOf(Payer payer) {
    stripe.advance(PERIOD);
    stripe.webhooks().settle();
  }

  @Override
  public void close() {
    calls.close();
    stripe.close();
  }
}
