package showfloor.webhooks;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.JsonTree;
import showfloor.httpapi.Text;

/// What is read of a provider's event: what it is about, never what it says of it.
///
/// @param customerId null where it is about no customer
record Event(String id, String type, @Nullable String customerId, Instant createdAt, boolean live) {
  private static final int ID_MAX = 255;

  /// Beginnings of the types that may change a subscription.
  private static final List<String> OF_SUBSCRIPTIONS =
      List.of("checkout.session.", "customer.subscription.", "invoice.");

  /// Empty where it is no event in Stripe's shape.
  static Optional<Event> parse(byte[] body) {
    return JsonTree.parse(body).flatMap(Event::of);
  }

  private static Optional<Event> of(JsonTree json) {
    @Nullable String id = json.text("id");
    @Nullable String type = json.text("type");
    @Nullable Long created = json.number("created");
    if (!isName(id) || !isName(type) || created == null) {
      return Optional.empty();
    }
    @Nullable Instant at = moment(created);
    return at == null
        ? Optional.empty()
        : Optional.of(
            new Event(
                String.valueOf(id),
                String.valueOf(type),
                customer(json.at("data").at("object")),
                at,
                json.isTrue("livemode")));
  }

  /// An id, or an object with one where the provider was told to expand it.
  private static @Nullable String customer(JsonTree object) {
    @Nullable String plain = object.text("customer");
    @Nullable String id = plain == null ? object.at("customer").text("id") : plain;
    return isName(id) ? id : null;
  }

  private static boolean isName(@Nullable String text) {
    return text != null && !text.isEmpty() && !Text.longerThan(text, ID_MAX);
  }

  private static @Nullable Instant moment(long seconds) {
    try {
      Instant at = Instant.ofEpochSecond(seconds);
      return at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9999-01-01T00:00:00Z"))
          ? at
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// Whether a customer's state may have changed with it.
  boolean isOfSubscription() {
    return customerId != null && OF_SUBSCRIPTIONS.stream().anyMatch(type::startsWith);
  }
}
