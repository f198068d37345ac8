package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One subscription, with the period at its item as Stripe's newer versions have it. Not
/// thread-safe: the book holds the lock.
final class StripeSubscription {
  private static final Map<String, Integer> MONTHS =
      Map.of(FakeStripe.MONTHLY, 1, FakeStripe.ANNUAL, 12);

  /// For so long a payment that failed is tried again.
  private static final Duration TRIES = Duration.ofDays(21);

  final String id;
  final String customer;
  String status = "incomplete";
  private final String price;
  private final Instant created;
  private final Map<String, String> metadata;
  private int periods = 1;
  private boolean cancelAtPeriodEnd;
  private @Nullable Instant cancelAt;
  private @Nullable Instant canceledAt;
  private @Nullable Instant endedAt;

  StripeSubscription(
      String id, String customer, String price, Instant created, Map<String, String> metadata) {
    this.id = id;
    this.customer = customer;
    this.price = price;
    this.created = created;
    this.metadata = metadata;
  }

  static boolean isPrice(String id) {
    return MONTHS.containsKey(id);
  }

  boolean isOver() {
    return endedAt != null;
  }

  /// When something happens to it by itself.
  Instant due() {
    Instant end = periodEnd(periods);
    Instant tried = periodEnd(periods - 1).plus(TRIES);
    return status.equals("past_due") && tried.isBefore(end) ? tried : end;
  }

  boolean endsNow(Instant now) {
    return status.equals("past_due") || (cancelAt != null && !cancelAt.isAfter(now));
  }

  void renew(boolean paid) {
    periods++;
    status = paid ? "active" : "past_due";
  }

  void end(Instant now) {
    status = "canceled";
    endedAt = now;
    canceledAt = canceledAt == null ? now : canceledAt;
  }

  void cancelAtPeriodEnd(boolean cancel, Instant now) {
    if (!cancel && !cancelAtPeriodEnd) {
      return; // a day that was named stays
    }
    cancelAtPeriodEnd = cancel;
    cancelAt = cancel ? periodEnd(periods) : null;
    canceledAt = cancel ? (canceledAt == null ? now : canceledAt) : null;
  }

  /// As the portal does it: the same day, without saying that it is the period's end.
  void cancelAtDay(Instant now) {
    cancelAt = periodEnd(periods);
    canceledAt = now;
  }

  void keep() {
    cancelAtPeriodEnd = false;
    cancelAt = null;
    canceledAt = null;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("object", "subscription").put("customer", customer);
    json.put("status", status).put("created", created.getEpochSecond());
    json.put("cancel_at_period_end", cancelAtPeriodEnd).put("livemode", false);
    json.put("cancel_at", seconds(cancelAt)).put("canceled_at", seconds(canceledAt));
    json.put("ended_at", seconds(endedAt)).put("start_date", created.getEpochSecond());
    json.set("metadata", StripeCustomer.metadata(metadata));
    ObjectNode items = json.putObject("items").put("object", "list").put("has_more", false);
    ObjectNode item = items.putArray("data").addObject();
    item.put("id", "si_" + id).put("object", "subscription_item").put("quantity", 1);
    item.put("current_period_start", periodEnd(periods - 1).getEpochSecond());
    item.put("current_period_end", periodEnd(periods).getEpochSecond());
    item.putObject("price").put("id", price).put("object", "price");
    return json;
  }

  ObjectNode invoice(boolean paid) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", "in_%s_%d".formatted(id, periods)).put("object", "invoice");
    json.put("customer", customer).put("status", paid ? "paid" : "open").put("livemode", false);
    json.putObject("parent")
        .put("type", "subscription_details")
        .putObject("subscription_details")
        .put("subscription", id);
    return json;
  }

  /// Counted from the beginning: the 31st comes back after a February.
  private Instant periodEnd(int number) {
    return created
        .atZone(ZoneOffset.UTC)
        .plusMonths((long) number * MONTHS.getOrDefault(price, 1))
        .toInstant();
  }

  private static @Nullable Long seconds(@Nullable Instant moment) {
    return moment == null ? null : moment.getEpochSecond();
  }
}
