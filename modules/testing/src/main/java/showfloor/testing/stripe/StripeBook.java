package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/// Customers, checkouts and subscriptions, and how they change with requests and with time. What
/// happens is told as events, in the order in which it happens. Thread-safe.
final class StripeBook {
  private static final Duration SEARCH_LAG = Duration.ofMinutes(1);

  private final Map<String, StripeCustomer> customers = new LinkedHashMap<>();
  private final Map<String, StripeCheckout> checkouts = new LinkedHashMap<>();
  private final Map<String, StripeSubscription> subscriptions = new LinkedHashMap<>();
  private final BiConsumer<String, ObjectNode> happened;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /// @param happened is told an event's type and object
  StripeBook(BiConsumer<String, ObjectNode> happened) {
    this.happened = happened;
  }

  synchronized Instant now() {
    return now;
  }

  // Requests.

  synchronized ObjectNode createCustomer(StripeForm form) {
    StripeCustomer customer = new StripeCustomer(id("cus_"), now);
    customer.read(form);
    form.done();
    customers.put(customer.id, customer);
    happened.accept("customer.created", customer.json());
    return customer.json();
  }

  synchronized ObjectNode updateCustomer(String id, StripeForm form) {
    StripeCustomer customer = customer(id);
    customer.read(form);
    form.done();
    happened.accept("customer.updated", customer.json());
    return customer.json();
  }

  /// Finds nobody who was made within the last minute: Stripe's search lags behind.
  synchronized ObjectNode searchCustomers(StripeForm form) {
    String query = form.get("query");
    form.find("limit");
    form.done();
    List<ObjectNode> found =
        customers.values().stream()
            .filter(customer -> customer.matches(query))
            .filter(customer -> !customer.created.plus(SEARCH_LAG).isAfter(now))
            .map(StripeCustomer::json)
            .toList();
    return list("search_result", "/v1/customers/search", found, false);
  }

  synchronized ObjectNode openCheckout(StripeForm form) {
    StripeCustomer customer = customer(form.get("customer"));
    StripeCheckout checkout = new StripeCheckout(id("cs_test_"), customer.id, now, form);
    form.done();
    checkouts.put(checkout.id, checkout);
    return checkout.json();
  }

  synchronized ObjectNode checkout(String id, StripeForm form) {
    form.done();
    return session(id).json();
  }

  /// Newest first, one page.
  synchronized ObjectNode listCheckouts(StripeForm form) {
    String customer = customer(form.get("customer")).id;
    Optional<String> status = form.find("status");
    int limit = form.find("limit").map(Integer::parseInt).orElse(10);
    form.done();
    List<ObjectNode> mine =
        new ArrayList<>(checkouts.values())
            .reversed().stream()
                .filter(one -> one.customer.equals(customer))
                .filter(one -> status.map(one.status::equals).orElse(true))
                .map(StripeCheckout::json)
                .toList();
    List<ObjectNode> page = mine.stream().limit(limit).toList();
    return list("list", "/v1/checkout/sessions", page, mine.size() > limit);
  }

  synchronized ObjectNode expireCheckout(String id, StripeForm form) {
    form.done();
    StripeCheckout checkout = session(id);
    if (!checkout.status.equals("open")) {
      throw new StripeRefusal(
          400, "", "", "Only Checkout Sessions with a status in [open] can be expired.");
    }
    checkout.status = "expired";
    happened.accept("checkout.session.expired", checkout.json());
    return checkout.json();
  }

  private StripeCheckout session(String id) {
    return Optional.ofNullable(checkouts.get(id))
        .orElseThrow(() -> StripeRefusal.noSuch("checkout.session", id));
  }

  synchronized ObjectNode openPortal(StripeForm form) {
    StripeCustomer customer = customer(form.get("customer"));
    String id = id("bps_");
    ObjectNode portal = JsonNodeFactory.instance.objectNode();
    portal.put("id", id).put("object", "billing_portal.session").put("customer", customer.id);
    portal.put("return_url", form.get("return_url")).put("created", now.getEpochSecond());
    portal.put("livemode", false).put("url", "https://billing.stripe.example/p/session/" + id);
    form.done();
    return portal;
  }

  synchronized ObjectNode subscription(String id, StripeForm form) {
    form.done();
    return subscription(id).json();
  }

  /// Newest first; without `status=all` only those that are not over.
  synchronized ObjectNode listSubscriptions(StripeForm form) {
    String customer = customer(form.get("customer")).id;
    boolean all = form.find("status").equals(Optional.of("all"));
    int limit = form.find("limit").map(Integer::parseInt).orElse(10);
    Optional<String> after = form.find("starting_after");
    form.done();
    if (limit < 1 || limit > 100) {
      throw new StripeRefusal(400, "parameter_invalid_integer", "limit", "Invalid limit");
    }
    List<StripeSubscription> mine =
        new ArrayList<>(
            subscriptions.values().stream()
                .filter(one -> one.customer.equals(customer) && (all || !one.isOver()))
                .toList()
                .reversed());
    after.ifPresent(last -> mine.subList(0, mine.indexOf(subscription(last)) + 1).clear());
    List<ObjectNode> page = mine.stream().limit(limit).map(StripeSubscription::json).toList();
    return list("list", "/v1/subscriptions", page, mine.size() > limit);
  }

  synchronized ObjectNode updateSubscription(String id, StripeForm form) {
    StripeSubscription subscription = subscription(id);
    Optional<String> atPeriodEnd = form.find("cancel_at_period_end");
    Optional<String> at = form.find("cancel_at");
    form.done();
    if (subscription.isOver()) {
      throw new StripeRefusal(
          400, "", "", "A canceled subscription can only update its cancellation_details.");
    }
    if (atPeriodEnd.isPresent() && at.isPresent()) {
      throw new StripeRefusal(400, "", "cancel_at", "Only one of the two parameters is allowed.");
    }
    atPeriodEnd.ifPresent(value -> subscription.cancelAtPeriodEnd(value.equals("true"), now));
    at.filter(String::isEmpty).ifPresent(_ -> subscription.keep());
    happened.accept("customer.subscription.updated", subscription.json());
    return subscription.json();
  }

  // Hands.

  synchronized String complete(String checkoutId) {
    StripeCheckout checkout = checkouts.get(checkoutId);
    if (checkout == null || !checkout.status.equals("open")) {
      throw new IllegalStateException("no open checkout " + checkoutId);
    }
    StripeSubscription bought =
        new StripeSubscription(
            id("sub_"), checkout.customer, checkout.price, now, checkout.metadata);
    subscriptions.put(bought.id, bought);
    happened.accept("customer.subscription.created", bought.json());
    bought.status = "active";
    checkout.pay(bought.id);
    happened.accept("invoice.paid", bought.invoice(true));
    happened.accept("customer.subscription.updated", bought.json());
    happened.accept("checkout.session.completed", checkout.json());
    return bought.id;
  }

  synchronized void declineCardOf(String customerId) {
    customer(customerId).cardIsGood = false;
  }

  synchronized void acceptCardOf(String customerId) {
    customer(customerId).cardIsGood = true;
    for (StripeSubscription one : subscriptions.values()) {
      if (one.customer.equals(customerId) && one.status.equals("past_due")) {
        one.status = "active";
        happened.accept("invoice.paid", one.invoice(true));
        happened.accept("customer.subscription.updated", one.json());
      }
    }
  }

  synchronized void cancelInPortal(String subscriptionId) {
    StripeSubscription subscription = subscription(subscriptionId);
    subscription.cancelAtDay(now);
    happened.accept("customer.subscription.updated", subscription.json());
  }

  synchronized void cancelNow(String subscriptionId) {
    end(subscription(subscriptionId));
  }

  synchronized void rewind(Duration by) {
    now = now.minus(by);
  }

  synchronized String customerOf(String checkoutId) {
    return Optional.ofNullable(checkouts.get(checkoutId)).orElseThrow().customer;
  }

  synchronized String subscriptionOf(String checkoutId) {
    return Optional.ofNullable(checkouts.get(checkoutId)).orElseThrow().bought();
  }

  /// Moves time forward and lets each period end when it does.
  synchronized void advance(Duration by) {
    Instant target = now.plus(by);
    for (Optional<StripeSubscription> next = next(target); next.isPresent(); next = next(target)) {
      now = next.get().due();
      turn(next.get());
    }
    now = target;
    for (StripeCheckout checkout : checkouts.values()) {
      if (checkout.age(now)) {
        happened.accept("checkout.session.expired", checkout.json());
      }
    }
  }

  private Optional<StripeSubscription> next(Instant target) {
    return subscriptions.values().stream()
        .filter(one -> !one.isOver() && !one.due().isAfter(target))
        .min(Comparator.comparing(StripeSubscription::due));
  }

  private void turn(StripeSubscription subscription) {
    if (subscription.endsNow(now)) {
      end(subscription);
      return;
    }
    boolean paid = customer(subscription.customer).cardIsGood;
    subscription.renew(paid);
    happened.accept(paid ? "invoice.paid" : "invoice.payment_failed", subscription.invoice(paid));
    happened.accept("customer.subscription.updated", subscription.json());
  }

  private void end(StripeSubscription subscription) {
    subscription.end(now);
    happened.accept("customer.subscription.deleted", subscription.json());
  }

  private StripeCustomer customer(String id) {
    return Optional.ofNullable(customers.get(id))
        .orElseThrow(() -> StripeRefusal.noSuch("customer", id));
  }

  private StripeSubscription subscription(String id) {
    return Optional.ofNullable(subscriptions.get(id))
        .orElseThrow(() -> StripeRefusal.noSuch("subscription", id));
  }

  private static ObjectNode list(String object, String url, List<ObjectNode> data, boolean more) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("object", object).put("url", url).put("has_more", more);
    ArrayNode array = list.putArray("data");
    data.forEach(array::add);
    return list;
  }

  private static String id(String prefix) {
    return prefix
        + Long.toString(ThreadLocalRandom.current().nextLong(1L << 62, Long.MAX_VALUE), 36);
  }
}
