package showfloor.subscriptions.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.access.Verdict.Reason;

/// The one rule of access: (subscription, now) to access, reason, until. Wall, status, login, me,
/// explanation and mails ask it and nothing else.
///
/// @param grace how long access lasts beyond the moment when a payment was due
public record AccessRule(Duration grace) {
  public AccessRule {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative");
    }
  }

  /// Every end is inclusive: at that moment the state before it still holds.
  public Verdict decide(Optional<ProviderSubscription> subscription, Instant now) {
    return subscription
        .map(known -> decide(known, now))
        .orElseGet(() -> new Verdict(Reason.NO_SUBSCRIPTION, null, null));
  }

  private Verdict decide(ProviderSubscription s, Instant now) {
    return switch (s.status()) {
      case ACTIVE -> running(s, Reason.ACTIVE, now);
      case TRIALING -> running(s, Reason.TRIALING, now);
      case PAST_DUE -> overdue(s, Reason.PAST_DUE, s.periodStart(), now);
      case CANCELED -> new Verdict(Reason.CANCELED, ended(s), null);
      case UNPAID -> new Verdict(Reason.UNPAID, s.periodStart(), null);
      case INCOMPLETE, INCOMPLETE_EXPIRED ->
          new Verdict(Reason.PAYMENT_INCOMPLETE, s.createdAt(), null);
      case PAUSED -> new Verdict(Reason.PAUSED, s.periodStart(), null);
      case UNKNOWN -> new Verdict(Reason.UNKNOWN_STATUS, s.periodStart(), null);
    };
  }

  /// Paid for until the period's end. Behind it stands the grace, unless it was cancelled: that the
  /// next period is paid may not have been told yet.
  private Verdict running(ProviderSubscription s, Reason reason, Instant now) {
    boolean over = now.isAfter(s.periodEnd());
    if (s.cancelAtPeriodEnd()) {
      return over
          ? new Verdict(Reason.CANCELED, s.periodEnd(), null)
          : new Verdict(Reason.CANCELED_AT_PERIOD_END, s.canceledAt(), s.periodEnd());
    }
    return over
        ? overdue(s, Reason.RENEWAL_DUE, s.periodEnd(), now)
        : new Verdict(reason, s.createdAt(), s.periodEnd());
  }

  /// @param due when a payment was due that has not come
  private Verdict overdue(ProviderSubscription s, Reason reason, Instant due, Instant now) {
    Instant end = due.plus(grace);
    if (s.cancelAtPeriodEnd() && s.periodEnd().isBefore(end)) {
      end = s.periodEnd();
    }
    return now.isAfter(end)
        ? new Verdict(Reason.PAYMENT_OVERDUE, end, null)
        : new Verdict(reason, due, end);
  }

  private static Instant ended(ProviderSubscription s) {
    @Nullable Instant ended = s.endedAt() == null ? s.canceledAt() : s.endedAt();
    return ended == null ? s.periodEnd() : ended;
  }
}
