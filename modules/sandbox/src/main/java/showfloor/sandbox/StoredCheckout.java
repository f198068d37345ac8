package showfloor.sandbox;

import org.jspecify.annotations.Nullable;
import showfloor.subscriptions.Plan;

/// A checkout of the sandbox.
///
/// @param subscriptionId what was paid for; null while it is open
record StoredCheckout(
    String id,
    String customerId,
    Plan plan,
    String successUrl,
    String cancelUrl,
    @Nullable String subscriptionId) {

  /// Where the payer goes once it is paid.
  String landing() {
    return successUrl.replace("{CHECKOUT_SESSION_ID}", id);
  }
}
