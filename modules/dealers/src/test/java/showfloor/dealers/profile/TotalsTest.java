package showfloor.dealers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import showfloor.dealers.search.Filter;

/// How long a total is remembered.
class TotalsTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong counts = new AtomicLong();
  private final Totals totals = new Totals(clock::get);

  @Test
  void aLargeTotalIsCountedOnceInFiveSeconds() {
    DealerFilter filter = filter("Active");
    assertThat(ask(filter, 10_001)).isEqualTo(10_001);
    clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
    assertThat(ask(filter, 20_000)).isEqualTo(10_001);
    clock.incrementAndGet();
    assertThat(ask(filter, 20_000)).isEqualTo(20_000);
    assertThat(counts).hasValue(2);
  }

  @Test
  void aSmallTotalIsCountedEachTime() {
    DealerFilter filter = filter("Active");
    assertThat(ask(filter, 10_000)).isEqualTo(10_000);
    assertThat(ask(filter, 9_999)).isEqualTo(9_999);
  }

  @Test
  void eachCompanyAndFilterHasItsOwn() {
    DealerFilter mine = filter("Active");
    ask(mine, 20_000);
    assertThat(ask(filter("Active"), 30_000)).isEqualTo(30_000);
    assertThat(ask(mine, 40_000)).isEqualTo(20_000);
  }

  @Test
  void afterThousandsOfFiltersTheNewestIsStillRemembered() {
    for (int i = 0; i < 2_500; i++) {
      ask(filter("s" + i), 20_000);
    }
    DealerFilter last = filter("last");
    ask(last, 20_000);
    assertThat(ask(last, 1)).isEqualTo(20_000);
  }

  private long ask(DealerFilter filter, long stored) {
    return totals.of(
        filter,
        () -> {
          counts.incrementAndGet();
          return stored;
        });
  }

  private static DealerFilter filter(String status) {
    return new DealerFilter(
        UUID.randomUUID(), null, new Filter(status, null, null, null, null, null, null, null));
  }
}
