package showfloor.app.payments;

import org.junit.jupiter.api.AfterAll;

/// The sandbox, by the cases that Stripe is held to.
class SandboxCasesTest extends PaymentCases {
  private static final Shop SHOP = new Shop(new SandboxTill());

  @AfterAll
  static void stop() {
    SHOP.close();
  }

  @Override
  Shop shop() {
    return SHOP;
  }

  @Override
  int eventsOfPurchase() {
    return 3;
  }
}
