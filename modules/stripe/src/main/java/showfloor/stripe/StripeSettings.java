package showfloor.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import showfloor.subscriptions.Plan;

/// What an operator enters to be paid through Stripe. Immutable.
///
/// @param api without a slash at its end; another one than [#API] is for tests, and gets no live
///   key
/// @param secretKey `sk_…` or a restricted `rk_…`, of test or live mode
/// @param webhookSecrets `whsec_…`; the old and the new one while a secret is replaced
public record StripeSettings(
    String api,
    String secretKey,
    List<String> webhookSecrets,
    String monthlyPrice,
    String annualPrice) {
  /// Where Stripe is.
  public static final String API = "https://api.stripe.com";

  /// The key must not travel in the clear, but to this machine.
  private static final Pattern ORIGIN =
      Pattern.compile("https://[^/\\s]+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?");

  private static final Pattern KEY = Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9_-]+");
  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=_-]+");
  private static final Pattern PRICE = Pattern.compile("price_[A-Za-z0-9_]+");

  /// Refuses what can't work, and quotes none of it: `IllegalArgumentException`.
  public StripeSettings {
    webhookSecrets = List.copyOf(webhookSecrets);
    List<String> faults = new ArrayList<>();
    check(faults, "payments.stripe-api", ORIGIN, api, "begin with https:// and have no path");
    if (isLive(secretKey) && !api.equals(API)) {
      faults.add("payments.stripe-api must be %s with a live key".formatted(API));
    }
    check(faults, "STRIPE_SECRET_KEY", KEY, secretKey, "begin with sk_test_, sk_live_ or rk_");
    if (webhookSecrets.isEmpty()) {
      faults.add("STRIPE_WEBHOOK_SECRET must hold at least one secret");
    }
    for (String secret : webhookSecrets) {
      check(faults, "STRIPE_WEBHOOK_SECRET", SECRET, secret, "begin with whsec_");
    }
    check(faults, "STRIPE_PRICE_ID_MONTHLY", PRICE, monthlyPrice, "begin with price_");
    check(faults, "STRIPE_PRICE_ID_ANNUAL", PRICE, annualPrice, "begin with price_");
    if (monthlyPrice.equals(annualPrice)) {
      faults.add("STRIPE_PRICE_ID_MONTHLY and STRIPE_PRICE_ID_ANNUAL must be two prices");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  private static void check(
      List<String> faults, String name, Pattern shape, String value, String rule) {
    if (!shape.matcher(value).matches()) {
      faults.add("%s must %s".formatted(name, rule));
    }
  }

  /// Whether real money moves.
  boolean isLive() {
    return isLive(secretKey);
  }

  private static boolean isLive(String key) {
    return key.contains("_live_");
  }

  String price(Plan plan) {
    return switch (plan) {
      case MONTHLY -> monthlyPrice;
      case ANNUAL -> annualPrice;
    };
  }

  /// The plan that a price is for; empty for a price of something else.
  Optional<Plan> plan(String price) {
    for (Plan plan : Plan.values()) {
      if (price(plan).equals(price)) {
        return Optional.of(plan);
      }
    }
    return Optional.empty();
  }

  /// Without the secrets: a record's text ends up in logs.
  @Override
  public String toString() {
    return "Stripe at %s, %s mode".formatted(api, isLive() ? "live" : "test");
  }
}
