package showfloor.subscriptions;

import java.time.Duration;
import java.util.function.Supplier;

/// What an operator may tune about paying. Immutable.
///
/// @param grace how long access lasts beyond the moment when a payment was due
/// @param frontend the origin of the page that a payer comes back to, such as
///   `https://app.example.com`; asked for when somebody pays
public record SubscriptionSettings(Duration grace, Supplier<String> frontend) {

  /// 7 days of grace.
  public static SubscriptionSettings of(Supplier<String> frontend) {
    return new SubscriptionSettings(Duration.ofDays(7), frontend);
  }

  /// Where a checkout that was paid leads; `{CHECKOUT_SESSION_ID}` stands for its id.
  public String successUrl() {
    return frontend.get() + "/subscription/success?session_id={CHECKOUT_SESSION_ID}";
  }

  public String cancelUrl() {
    return frontend.get() + "/subscription/cancel";
  }

  /// Where the portal leads back to.
  public String returnUrl() {
    return frontend.get() + "/dashboard";
  }
}
