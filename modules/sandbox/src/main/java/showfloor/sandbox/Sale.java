package showfloor.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

/// A subscription of the sandbox, and what time and cards do to it. Immutable.
///
/// @param declines the card is refused from now on
record Sale(ProviderSubscription subscription, Plan plan, boolean declines) {

  /// Paid for its first period.
  static Sale begun(String id, String customerId, Plan plan, Instant now) {
    return new Sale(
        new ProviderSubscription(
            id,
            customerId,
            SubscriptionStatus.ACTIVE,
            plan,
            now,
            now,
            after(now, plan),
            false,
            null,
            null),
        plan,
        false);
  }

  private static Instant after(Instant start, Plan plan) {
    return start.atOffset(ZoneOffset.UTC).plus(plan.period()).toInstant();
  }

  boolean isOver() {
    return subscription.endedAt() != null;
  }

  /// What becomes of it when its period ends; empty while it runs, or when it is over. A clock that
  /// was moved far lets several periods end, one after another.
  Optional<Sale> ticked(Instant now) {
    ProviderSubscription s = subscription;
    if (isOver() || now.isBefore(s.periodEnd())) {
      return Optional.empty();
    }
    if (s.cancelAtPeriodEnd()) {
      Instant asked = s.canceledAt() == null ? s.periodEnd() : s.canceledAt();
      return Optional.of(
          with(
              SubscriptionStatus.CANCELED,
              s.periodStart(),
              s.periodEnd(),
              true,
              asked,
              s.periodEnd()));
    }
    if (s.status() == SubscriptionStatus.PAST_DUE) {
      // All tries of a whole period failed.
      return Optional.of(
          with(
              SubscriptionStatus.CANCELED,
              s.periodStart(),
              s.periodEnd(),
              false,
              s.periodEnd(),
              s.periodEnd()));
    }
    return Optional.of(next(s.periodEnd(), declines));
  }

  /// The next period begins at `start`.
  private Sale next(Instant start, boolean unpaid) {
    SubscriptionStatus status = unpaid ? SubscriptionStatus.PAST_DUE : SubscriptionStatus.ACTIVE;
    ProviderSubscription s = subscription;
    return new Sale(
        new ProviderSubscription(
            s.id(),
            s.customerId(),
            status,
            plan,
            s.createdAt(),
            start,
            after(start, plan),
            s.cancelAtPeriodEnd(),
            s.canceledAt(),
            null),
        plan,
        declines);
  }

  /// The next payment is due now, and the card declines.
  Sale declined(Instant now) {
    return new Sale(subscription, plan, true).next(now, true);
  }

  /// The card is good, and pays what is due.
  Sale paid() {
    ProviderSubscription s = subscription;
    return new Sale(
        with(
                SubscriptionStatus.ACTIVE,
                s.periodStart(),
                s.periodEnd(),
                s.cancelAtPeriodEnd(),
                s.canceledAt(),
                null)
            .subscription,
        plan,
        false);
  }

  Sale canceledAtPeriodEnd(Instant now) {
    ProviderSubscription s = subscription;
    return with(s.status(), s.periodStart(), s.periodEnd(), true, now, null);
  }

  Sale resumed() {
    ProviderSubscription s = subscription;
    return with(s.status(), s.periodStart(), s.periodEnd(), false, null, null);
  }

  private Sale with(
      SubscriptionStatus status,
      Instant start,
      Instant end,
      boolean cancelAtPeriodEnd,
      @org.jspecify.annotations.Nullable Instant canceledAt,
      @org.jspecify.annotations.Nullable Instant endedAt) {
    ProviderSubscription s = subscription;
    return new Sale(
        new ProviderSubscription(
            s.id(),
            s.customerId(),
            status,
            plan,
            s.createdAt(),
            start,
            end,
            cancelAtPeriodEnd,
            canceledAt,
            endedAt),
        plan,
        declines);
  }
}
