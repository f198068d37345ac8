package showfloor.subscriptions.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.JsonTree;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.SubscriptionStatus;

/// The subscription that decides on a company's access.
///
/// @param id ours
/// @param ahead how far the provider's clock is ahead of ours
/// @param subscription as the provider told it last
public record Standing(
    UUID id, String provider, Duration ahead, ProviderSubscription subscription) {

  /// Live ones first, then the newest.
  private static final Comparator<ProviderSubscription> DECIDING =
      Comparator.comparingInt((ProviderSubscription s) -> rank(s.status()))
          .thenComparing(
              s -> rank(s.status()) == 0 ? s.periodEnd() : s.createdAt(), Comparator.reverseOrder())
          .thenComparing(ProviderSubscription::createdAt, Comparator.reverseOrder())
          .thenComparing(ProviderSubscription::id);

  /// The one of a company's subscriptions that decides; empty where there is none.
  public static Optional<ProviderSubscription> deciding(List<ProviderSubscription> all) {
    return all.stream().min(DECIDING);
  }

  private static int rank(SubscriptionStatus status) {
    return switch (status) {
      case ACTIVE, TRIALING -> 0;
      case PAST_DUE -> 1;
      case UNPAID, PAUSED, INCOMPLETE -> 2;
      case CANCELED, INCOMPLETE_EXPIRED, UNKNOWN -> 3;
    };
  }

  /// Reads a row of `subscriptions.standing_of`.
  ///
  /// @param facts JSON; null where the company never had a subscription
  /// @param provider the one in use: what another one sold counts no more
  public static Optional<Standing> parse(@Nullable String facts, String provider) {
    return Optional.ofNullable(facts)
        .flatMap(JsonTree::parse)
        .filter(json -> provider.equals(json.text("provider")))
        .map(Standing::of);
  }

  private static Standing of(JsonTree json) {
    return new Standing(
        UUID.fromString(required(json, "id")),
        required(json, "provider"),
        Duration.ofMillis(Optional.ofNullable(json.number("aheadMs")).orElse(0L)),
        new ProviderSubscription(
            required(json, "providerId"),
            "",
            SubscriptionStatus.of(required(json, "status")),
            Optional.ofNullable(json.text("plan"))
                .flatMap(showfloor.subscriptions.Plan::of)
                .orElse(null),
            moment(json, "createdAt"),
            moment(json, "periodStart"),
            moment(json, "periodEnd"),
            json.isTrue("cancelAtPeriodEnd"),
            momentOrNull(json, "canceledAt"),
            momentOrNull(json, "endedAt")));
  }

  private static String required(JsonTree json, String name) {
    return Optional.ofNullable(json.text(name)).orElseThrow(() -> missing(name));
  }

  private static Instant moment(JsonTree json, String name) {
    return Optional.ofNullable(momentOrNull(json, name)).orElseThrow(() -> missing(name));
  }

  private static @Nullable Instant momentOrNull(JsonTree json, String name) {
    Long millis = json.number(name);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException("the view subscriptions.standing_of gives no " + name);
  }
}
