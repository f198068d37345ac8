package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One checkout. Not thread-safe: the book holds the lock.
final class StripeCheckout {
  private static final Duration LIFE = Duration.ofHours(24);

  final String id;
  final String customer;
  final String price;
  final Map<String, String> metadata;
  final Instant created;
  String status = "open";
  private final Map<String, String> own;
  private final String reference;
  private final String successUrl;
  private final String cancelUrl;
  private @Nullable String subscription;

  StripeCheckout(String id, String customer, Instant created, StripeForm form) {
    this.id = id;
    this.customer = customer;
    this.created = created;
    this.price = form.get("line_items[0][price]");
    this.successUrl = form.get("success_url");
    this.cancelUrl = form.find("cancel_url").orElse("");
    this.reference = form.find("client_reference_id").orElse("");
    this.own = form.group("metadata");
    this.metadata = form.group("subscription_data[metadata]");
    expect(form, "mode", "subscription");
    expect(form, "line_items[0][quantity]", "1");
    expect(form, "payment_method_types[0]", "card");
    if (!StripeSubscription.isPrice(price)) {
      throw new StripeRefusal(
          400, "resource_missing", "line_items[0][price]", "No such price: '%s'".formatted(price));
    }
  }

  private static void expect(StripeForm form, String name, String value) {
    if (!form.get(name).equals(value)) {
      throw new StripeRefusal(400, "parameter_invalid", name, "Invalid " + name);
    }
  }

  void pay(String paidFor) {
    status = "complete";
    subscription = paidFor;
  }

  /// The subscription that was paid for.
  String bought() {
    return Optional.ofNullable(subscription).orElseThrow();
  }

  /// Whether it has just become too old.
  boolean age(Instant now) {
    if (!status.equals("open") || created.plus(LIFE).isAfter(now)) {
      return false;
    }
    status = "expired";
    return true;
  }

  ObjectNode json() {
    boolean open = status.equals("open");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("object", "checkout.session").put("mode", "subscription");
    json.put("status", status).put("payment_status", subscription == null ? "unpaid" : "paid");
    json.put("customer", customer).put("subscription", subscription);
    json.put("client_reference_id", reference);
    json.put("success_url", successUrl).put("cancel_url", cancelUrl);
    json.put("url", open ? "https://checkout.stripe.example/c/pay/" + id : null);
    json.put("created", created.getEpochSecond()).put("livemode", false);
    json.put("expires_at", created.plus(LIFE).getEpochSecond());
    json.set("metadata", StripeCustomer.metadata(own));
    return json;
  }
}
