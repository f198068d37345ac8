package showfloor.subscriptions.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.PaymentProvider.ProviderSubscription;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionStatus;

class StandingTest {
  private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");

  private static ProviderSubscription of(
      String id, SubscriptionStatus status, int createdDay, int endDay) {
    Instant created = YEAR.plusSeconds(86_400L * createdDay);
    return new ProviderSubscription(
        id,
        "cus",
        status,
        Plan.MONTHLY,
        created,
        created,
        YEAR.plusSeconds(86_400L * endDay),
        false,
        null,
        null);
  }

  /// From the one that decides before all others to the one that decides only alone.
  private static final List<ProviderSubscription> ORDER =
      List.of(
          of("long", SubscriptionStatus.ACTIVE, 1, 365),
          of("short", SubscriptionStatus.ACTIVE, 9, 40),
          of("trial", SubscriptionStatus.TRIALING, 2, 30),
          of("due", SubscriptionStatus.PAST_DUE, 8, 400),
          of("unpaid", SubscriptionStatus.UNPAID, 7, 400),
          of("begun", SubscriptionStatus.INCOMPLETE, 6, 400),
          of("new", SubscriptionStatus.CANCELED, 5, 36),
          of("old", SubscriptionStatus.CANCELED, 0, 400));

  @Test
  void liveOnesDecideThenTheNewestInWhateverOrderTheyCome() {
    Random random = new Random(1);
    for (int first = 0; first < ORDER.size(); first++) {
      List<ProviderSubscription> rest = new ArrayList<>(ORDER.subList(first, ORDER.size()));
      for (int i = 0; i < 20; i++) {
        Collections.shuffle(rest, random);
        assertThat(Standing.deciding(rest)).contains(ORDER.get(first));
      }
    }
    assertThat(Standing.deciding(List.of())).isEmpty();
  }

  @Test
  void whatAnotherProviderSoldDoesNotCount() {
    String facts =
        """
        {"provider": "sandbox", "aheadMs": 1000, "id": "00000000-0000-0001-0000-000000000001",
         "providerId": "sub_1", "status": "active", "plan": "monthly", "createdAt": 1, "periodStart": 2,
         "periodEnd": 3, "cancelAtPeriodEnd": true, "canceledAt": 4, "endedAt": null}
        """;
    assertThat(Standing.parse(facts, "stripe")).isEmpty();
    assertThat(Standing.parse(null, "sandbox")).isEmpty();
    Standing read = Standing.parse(facts, "sandbox").orElseThrow();
    assertThat(read.ahead().toMillis()).isEqualTo(1000);
    assertThat(read.subscription().canceledAt()).isEqualTo(Instant.ofEpochMilli(4));
    assertThat(read.subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
  }
}
