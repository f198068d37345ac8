package showfloor.subscriptions;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What an operator may tune about paying. Immutable.
///
/// @param grace how long access lasts beyond the moment when a payment was due
/// @param frontend the origin of the page that a payer comes back to, such as
///   `https://app.example.com`; given the `Origin` that asks, when somebody pays
public record SubscriptionSettings(Duration grace, Function<Optional<String>, String> frontend) {

  /// 7 days of grace, and one page.
  public static SubscriptionSettings of(Supplier<String> frontend) {
    return new SubscriptionSettings(Duration.ofDays(7), origin -> frontend.get());
  }

  /// Where a checkout that was paid leads; `{CHECKOUT_SESSION_ID}` stands for its id.
  public String successUrl(Optional<String> origin) {
    return frontend.apply(origin) + "/subscription/success?session_id={CHECKOUT_SESSION_ID}";
  }

  public String cancelUrl(Optional<String> origin) {
    return frontend.apply(origin) + "/subscription/cancel";
  }

  /// Where the portal leads back to.
  public String returnUrl(Optional<String> origin) {
    return frontend.apply(origin) + "/dashboard";
  }
}
