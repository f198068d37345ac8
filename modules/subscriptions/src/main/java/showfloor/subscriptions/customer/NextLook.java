package showfloor.subscriptions.customer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.access.Standing;

/// When to ask the provider again although no event says so.
final class NextLook {
  /// A renewal is told within minutes.
  private static final Duration AFTER_PERIOD = Duration.ofMinutes(10);

  private static final Duration WHILE_DUE = Duration.ofHours(1);
  private static final Duration WHILE_UNPAID = Duration.ofHours(6);

  /// A checkout is open for a day.
  private static final Duration CHECKOUT_OPEN = Duration.ofHours(25);

  private NextLook() {}

  /// Empty where nothing is due.
  static Optional<Instant> after(
      List<ProviderSubscription> all, @Nullable Instant checkoutAt, Instant now) {
    return Standing.deciding(all)
        .flatMap(s -> after(s, now))
        .or(() -> afterCheckout(checkoutAt, now));
  }

  private static Optional<Instant> after(ProviderSubscription s, Instant now) {
    return switch (s.status()) {
      case ACTIVE, TRIALING -> {
        Instant end = s.periodEnd().plus(AFTER_PERIOD);
        yield Optional.of(end.isAfter(now) ? end : now.plus(WHILE_DUE));
      }
      case PAST_DUE, UNPAID, PAUSED, INCOMPLETE -> Optional.of(now.plus(WHILE_UNPAID));
      case CANCELED, INCOMPLETE_EXPIRED, UNKNOWN -> Optional.empty();
    };
  }

  private static Optional<Instant> afterCheckout(@Nullable Instant checkoutAt, Instant now) {
    return Optional.ofNullable(checkoutAt)
        .filter(opened -> now.isBefore(opened.plus(CHECKOUT_OPEN)))
        .map(opened -> now.plus(WHILE_DUE));
  }
}
