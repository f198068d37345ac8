package showfloor.subscriptions;

import java.util.Locale;

/// How a subscription stands with the provider, in the words of Stripe.
public enum SubscriptionStatus {
  /// The first payment is not made yet.
  INCOMPLETE,
  /// The first payment was never made.
  INCOMPLETE_EXPIRED,
  TRIALING,
  ACTIVE,
  /// A payment failed, and is tried again.
  PAST_DUE,
  /// All tries failed.
  UNPAID,
  CANCELED,
  PAUSED,
  /// A word that this version does not know.
  UNKNOWN;

  /// Of the provider's word, such as `past_due`.
  public static SubscriptionStatus of(String word) {
    for (SubscriptionStatus status : values()) {
      if (status.word().equals(word)) {
        return status;
      }
    }
    return UNKNOWN;
  }

  /// As the API and the provider write it: `past_due`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
