package showfloor.subscriptions.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

class AccessRuleTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant CANCELED = Instant.parse("2026-03-10T00:00:00Z");
  private static final AccessRule RULE = new AccessRule(Duration.ofDays(7));

  private static ProviderSubscription subscription(
      SubscriptionStatus status, boolean canceled, @Nullable Instant ended) {
    return new ProviderSubscription(
        "sub",
        "cus",
        status,
        Plan.MONTHLY,
        CREATED,
        START,
        END,
        canceled,
        canceled || ended != null ? CANCELED : null,
        ended);
  }

  /// Moments are days and milliseconds from the end of the period.
  @ParameterizedTest
  @CsvSource({
    // status, cancelled, days, ms, allowed, reason
    "ACTIVE,    false, -31,  0, true,  ACTIVE",
    "ACTIVE,    false,   0, -1, true,  ACTIVE",
    "ACTIVE,    false,   0,  0, true,  ACTIVE",
    "ACTIVE,    false,   0,  1, true,  RENEWAL_DUE",
    "ACTIVE,    false,   7,  0, true,  RENEWAL_DUE",
    "ACTIVE,    false,   7,  1, false, PAYMENT_OVERDUE",
    "ACTIVE,    true,    0, -1, true,  CANCELED_AT_PERIOD_END",
    "ACTIVE,    true,    0,  0, true,  CANCELED_AT_PERIOD_END",
    "ACTIVE,    true,    0,  1, false, CANCELED",
    "TRIALING,  false,   0,  0, true,  TRIALING",
    "TRIALING,  false,   0,  1, true,  RENEWAL_DUE",
    "TRIALING,  false,   7,  1, false, PAYMENT_OVERDUE",
    "TRIALING,  true,    0,  0, true,  CANCELED_AT_PERIOD_END",
    "TRIALING,  true,    0,  1, false, CANCELED",
    // the period that is not paid began 31 days before its end
    "PAST_DUE,  false, -31,  0, true,  PAST_DUE",
    "PAST_DUE,  false, -24,  0, true,  PAST_DUE",
    "PAST_DUE,  false, -24,  1, false, PAYMENT_OVERDUE",
    "PAST_DUE,  true,  -24,  0, true,  PAST_DUE",
    "PAST_DUE,  true,  -24,  1, false, PAYMENT_OVERDUE",
    "UNPAID,    false, -31,  0, false, UNPAID",
    "PAUSED,    false, -31,  0, false, PAUSED",
    "INCOMPLETE,false, -31,  0, false, PAYMENT_INCOMPLETE",
    "INCOMPLETE_EXPIRED, false, -31, 0, false, PAYMENT_INCOMPLETE",
    "CANCELED,  false, -31,  0, false, CANCELED",
    "CANCELED,  true,    0,  1, false, CANCELED",
    "UNKNOWN,   false, -31,  0, false, UNKNOWN_STATUS"
  })
  void eachBoundary(
      SubscriptionStatus status,
      boolean canceled,
      int days,
      int ms,
      boolean allowed,
      Verdict.Reason reason) {
    Instant now = END.plus(Duration.ofDays(days)).plusMillis(ms);
    Verdict verdict = RULE.decide(Optional.of(subscription(status, canceled, null)), now);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.allowed()).isEqualTo(allowed);
  }

  @Test
  void withoutASubscriptionThereIsNone() {
    Verdict verdict = RULE.decide(Optional.empty(), START);
    assertThat(verdict).isEqualTo(new Verdict(Verdict.Reason.NO_SUBSCRIPTION, null, null));
    assertThat(verdict.allowed()).isFalse();
  }

  /// What a verdict says of its end is so: the millisecond after it, another one holds.
  @ParameterizedTest
  @EnumSource(SubscriptionStatus.class)
  void untilIsTheLastMomentAndSinceIsNotAfterNow(SubscriptionStatus status) {
    for (boolean canceled : List.of(false, true)) {
      Optional<ProviderSubscription> known = Optional.of(subscription(status, canceled, null));
      for (Instant now = canceled ? CANCELED : START;
          now.isBefore(END.plus(Duration.ofDays(30))); ) {
        Verdict verdict = RULE.decide(known, now);
        @Nullable Instant until = verdict.until();
        @Nullable Instant since = verdict.since();
        assertThat(verdict.allowed()).as("%s at %s", verdict, now).isEqualTo(until != null);
        if (until != null) {
          assertThat(RULE.decide(known, until).reason()).isEqualTo(verdict.reason());
          assertThat(RULE.decide(known, until.plusMillis(1)).reason())
              .isNotEqualTo(verdict.reason());
        }
        if (since != null && verdict.reason() != Verdict.Reason.CANCELED) {
          assertThat(since).isBeforeOrEqualTo(now);
        }
        now = now.plus(Duration.ofHours(11));
      }
    }
  }

  @Test
  void whatEndedEndedWhenTheProviderSaysSo() {
    Instant ended = Instant.parse("2026-03-20T00:00:00Z");
    assertThat(
            RULE.decide(Optional.of(subscription(SubscriptionStatus.CANCELED, false, ended)), END)
                .since())
        .isEqualTo(ended);
  }

  @Test
  void withoutGraceNothingOutlastsThePeriod() {
    AccessRule strict = new AccessRule(Duration.ZERO);
    Optional<ProviderSubscription> active =
        Optional.of(subscription(SubscriptionStatus.ACTIVE, false, null));
    Optional<ProviderSubscription> due =
        Optional.of(subscription(SubscriptionStatus.PAST_DUE, false, null));
    assertThat(strict.decide(active, END).allowed()).isTrue();
    assertThat(strict.decide(active, END.plusMillis(1)).allowed()).isFalse();
    assertThat(strict.decide(due, START).allowed()).isTrue();
    assertThat(strict.decide(due, START.plusMillis(1)).allowed()).isFalse();
  }

  @Test
  void aLongGraceDoesNotOutlastAPeriodThatWasCancelled() {
    AccessRule generous = new AccessRule(Duration.ofDays(60));
    Optional<ProviderSubscription> due =
        Optional.of(subscription(SubscriptionStatus.PAST_DUE, true, null));
    assertThat(generous.decide(due, END).until()).isEqualTo(END);
    assertThat(generous.decide(due, END.plusMillis(1)).allowed()).isFalse();
  }
}
