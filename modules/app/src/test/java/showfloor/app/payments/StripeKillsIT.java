package showfloor.app.payments;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import showfloor.testing.Launched;
import showfloor.testing.TestClient;
import showfloor.testing.stripe.FakeStripe;
import showfloor.testing.stripe.StripeFaults.Fault;
import showfloor.testing.stripe.StripeWebhooks.Event;
import showfloor.testing.stripe.StripeWebhooks.Way;

/// Stripe's API stands in this process, the server in one of its own.
class StripeKillsIT extends KillCases {
  /// What events are signed with: servers take none that is short.
  static final String SECRET = "whsec_of_the_tests_of_kills";

  private static final FakeStripe STRIPE = FakeStripe.start();

  @AfterAll
  static void stop() {
    STRIPE.close();
  }

  @Override
  Launched serving() {
    return serving(STRIPE);
  }

  /// The distribution, paid through what stands in for Stripe.
  static Launched serving(FakeStripe stripe) {
    stripe.webhooks().signWith(SECRET);
    return Launched.serving(
        "PAYMENTS_PROVIDER",
        "stripe",
        "PAYMENTS_STRIPE_API",
        stripe.uri().toString(),
        "STRIPE_SECRET_KEY",
        FakeStripe.SECRET_KEY,
        "STRIPE_WEBHOOK_SECRET",
        SECRET,
        "STRIPE_PRICE_ID_MONTHLY",
        FakeStripe.MONTHLY,
        "STRIPE_PRICE_ID_ANNUAL",
        FakeStripe.ANNUAL);
  }

  @Override
  News pay(TestClient payer, String checkout) {
    STRIPE.webhooks().go(Way.HOLD);
    STRIPE.complete(checkout);
    Event last = STRIPE.webhooks().held().getLast();
    return new News(
        last.id(),
        last.payload().getBytes(StandardCharsets.UTF_8),
        STRIPE.webhooks().signature(last.payload()));
  }

  @Override
  Obstacle silence() {
    STRIPE.faults().next(Fault.SILENCE);
    return new Obstacle(STRIPE.faults()::allMet, () -> true, STRIPE.faults()::none);
  }
}
