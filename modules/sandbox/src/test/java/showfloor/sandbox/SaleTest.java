package showfloor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

class SaleTest {
  private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
  private static final Sale MONTHLY = Sale.begun("sub", "cus", Plan.MONTHLY, START);

  private static Instant end(Sale sale) {
    return sale.subscription().periodEnd();
  }

  /// What becomes of it up to `now`, step by step.
  private static List<Sale> ticked(Sale sale, Instant now) {
    List<Sale> steps = new ArrayList<>();
    for (Optional<Sale> next = sale.ticked(now); next.isPresent(); next = sale.ticked(now)) {
      sale = next.get();
      steps.add(sale);
    }
    return steps;
  }

  @Test
  void aPeriodIsAMonthOrAYearOfTheCalendar() {
    assertThat(end(MONTHLY)).isEqualTo("2026-02-28T10:00:00Z");
    assertThat(end(Sale.begun("sub", "cus", Plan.ANNUAL, START))).isEqualTo("2027-01-31T10:00:00Z");
  }

  @Test
  void itRenewsAsOftenAsTimePasses() {
    assertThat(ticked(MONTHLY, end(MONTHLY).minusMillis(1))).isEmpty();
    List<Sale> steps = ticked(MONTHLY, START.plus(Duration.ofDays(100)));
    assertThat(steps).hasSize(3);
    assertThat(steps.getLast().subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(steps.getLast().subscription().periodStart()).isEqualTo(end(steps.get(1)));
  }

  @Test
  void oneThatWasCancelledEndsWithItsPeriod() {
    Sale canceled = MONTHLY.canceledAtPeriodEnd(START.plusSeconds(60));
    assertThat(ticked(canceled, end(canceled).minusMillis(1))).isEmpty();
    List<Sale> steps = ticked(canceled, end(canceled).plus(Duration.ofDays(400)));
    assertThat(steps).hasSize(1);
    assertThat(steps.getFirst().isOver()).isTrue();
    assertThat(steps.getFirst().subscription().endedAt()).isEqualTo(end(canceled));
    assertThat(ticked(canceled.resumed(), end(canceled))).hasSize(1).noneMatch(Sale::isOver);
  }

  @Test
  void oneWhoseCardDeclinesIsDueForAPeriodThenOver() {
    Instant now = START.plus(Duration.ofDays(5));
    Sale unpaid = MONTHLY.declined(now);
    assertThat(unpaid.subscription().status()).isEqualTo(SubscriptionStatus.PAST_DUE);
    assertThat(unpaid.subscription().periodStart()).isEqualTo(now);
    assertThat(ticked(unpaid, end(unpaid).minusMillis(1))).isEmpty();
    assertThat(ticked(unpaid, end(unpaid)).getLast().isOver()).isTrue();
    Sale paid = unpaid.paid();
    assertThat(paid.subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(ticked(paid, end(paid)).getLast().subscription().status())
        .isEqualTo(SubscriptionStatus.ACTIVE);
  }
}
