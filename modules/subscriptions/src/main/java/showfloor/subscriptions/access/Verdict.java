package showfloor.subscriptions.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the rule says.
///
/// @param since when it began to be so; null when it always was
/// @param until when it ends unless something is done; null when it does not
public record Verdict(Reason reason, @Nullable Instant since, @Nullable Instant until) {

  public boolean allowed() {
    return reason.allowed;
  }

  /// Why. The names are the API's machine codes.
  public enum Reason {
    ACTIVE(true, NextStep.NONE),
    TRIALING(true, NextStep.NONE),
    /// Cancelled, and paid for until the end of the period.
    CANCELED_AT_PERIOD_END(true, NextStep.NONE),
    /// The period is over, and nobody has told yet whether the next one is paid.
    RENEWAL_DUE(true, NextStep.NONE),
    /// A payment failed, and is tried again.
    PAST_DUE(true, NextStep.UPDATE_PAYMENT),

    NO_SUBSCRIPTION(false, NextStep.SUBSCRIBE),
    CANCELED(false, NextStep.SUBSCRIBE),
    /// No payment came within the grace.
    PAYMENT_OVERDUE(false, NextStep.UPDATE_PAYMENT),
    UNPAID(false, NextStep.UPDATE_PAYMENT),
    PAYMENT_INCOMPLETE(false, NextStep.SUBSCRIBE),
    PAUSED(false, NextStep.UPDATE_PAYMENT),
    UNKNOWN_STATUS(false, NextStep.UPDATE_PAYMENT);

    private final boolean allowed;
    private final NextStep nextStep;

    Reason(boolean allowed, NextStep nextStep) {
      this.allowed = allowed;
      this.nextStep = nextStep;
    }

    public NextStep nextStep() {
      return nextStep;
    }
  }

  /// What the company can do about it.
  public enum NextStep {
    NONE,
    SUBSCRIBE,
    UPDATE_PAYMENT
  }
}
