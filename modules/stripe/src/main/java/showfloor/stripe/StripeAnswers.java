package showfloor.stripe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.JsonTree;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.PaymentProvider.Checkout;
import showfloor.subscriptions.PaymentProvider.CheckoutState;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

/// What Stripe's objects say. One without a member that is needed, or with one that nobody could
/// store, is as good as no answer. Immutable.
final class StripeAnswers {
  private static final int ID_MAX = 255;
  private static final long SECONDS_MAX = Instant.parse("9999-01-01T00:00:00Z").getEpochSecond();

  private final StripeSettings settings;

  StripeAnswers(StripeSettings settings) {
    this.settings = settings;
  }

  String id(String what, JsonTree object) {
    String id = need(what, "id", object.text("id"));
    if (id.isEmpty() || id.length() > ID_MAX) {
      throw lacks(what, "id");
    }
    return id;
  }

  /// What a list holds.
  static List<JsonTree> elements(String what, JsonTree list) {
    if (!list.has("data")) {
      throw lacks(what, "data");
    }
    return list.list("data");
  }

  String url(JsonTree portal) {
    return need("a portal", "url", portal.text("url"));
  }

  Checkout checkout(JsonTree checkout) {
    String what = "a checkout";
    CheckoutState state =
        switch (need(what, "status", checkout.text("status"))) {
          case "open" -> CheckoutState.OPEN;
          case "complete" -> CheckoutState.COMPLETE;
          default -> CheckoutState.EXPIRED;
        };
    return new Checkout(
        id(what, checkout),
        checkout.text("url"),
        need(what, "customer", checkout.text("customer")),
        state,
        checkout.text("subscription"));
  }

  ProviderSubscription subscription(JsonTree subscription) {
    String what = "a subscription";
    List<JsonTree> items = subscription.at("items").list("data");
    // Since the version of March 2025 the period stands at the item.
    JsonTree period = subscription.has("current_period_end") ? subscription : first(items);
    Instant end = moment(what, "current_period_end", period);
    Instant cancelAt = momentOrNull("cancel_at", subscription);
    boolean endsWithPeriod = cancelAt != null && !cancelAt.isAfter(end);
    return new ProviderSubscription(
        id(what, subscription),
        need(what, "customer", subscription.text("customer")),
        SubscriptionStatus.of(need(what, "status", subscription.text("status"))),
        plan(items),
        moment(what, "created", subscription),
        moment(what, "current_period_start", period),
        end,
        subscription.isTrue("cancel_at_period_end") || endsWithPeriod,
        momentOrNull("canceled_at", subscription),
        momentOrNull("ended_at", subscription));
  }

  private @Nullable Plan plan(List<JsonTree> items) {
    for (JsonTree item : items) {
      String price = item.at("price").text("id");
      Plan plan = price == null ? null : settings.plan(price).orElse(null);
      if (plan != null) {
        return plan;
      }
    }
    return null;
  }

  private static JsonTree first(List<JsonTree> items) {
    if (items.isEmpty()) {
      throw lacks("a subscription", "items");
    }
    return items.getFirst();
  }

  private static Instant moment(String what, String name, JsonTree object) {
    Instant moment = momentOrNull(name, object);
    if (moment == null) {
      throw lacks(what, name);
    }
    return moment;
  }

  private static @Nullable Instant momentOrNull(String name, JsonTree object) {
    Long seconds = object.number(name);
    if (seconds == null || seconds < 0 || seconds > SECONDS_MAX) {
      return null;
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static String need(String what, String name, @Nullable String value) {
    if (value == null) {
      throw lacks(what, name);
    }
    return value;
  }

  /// The fault of a list that does not end.
  static PaymentException endless(String customer) {
    return fault("Stripe's list of the subscriptions of %s does not end".formatted(customer));
  }

  private static PaymentException lacks(String what, String name) {
    return fault("Stripe answered %s without %s that can be read".formatted(what, name));
  }

  private static PaymentException fault(String message) {
    return PaymentException.unavailable(message, new IllegalStateException(message));
  }
}
