package showfloor.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Page;

/// What a list says of its total, and how long that is remembered.
class TotalsTest {
  private static final PageRequest FIRST = new PageRequest(1, 50, Optional.empty());
  private static final PageRequest NEXT = new PageRequest(1, 50, Optional.of("cursor"));

  private final AtomicLong clock = new AtomicLong();
  private final List<Integer> counts = new ArrayList<>();
  private final Totals<String> totals = new Totals<>(clock::get);

  @Test
  void aLargeTotalIsCountedOnceInFiveSeconds() {
    assertThat(ask("acme", 10_001)).isEqualTo(10_001);
    clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
    assertThat(ask("acme", 20_000)).isEqualTo(10_001);
    clock.incrementAndGet();
    assertThat(ask("acme", 20_000)).isEqualTo(20_000);
    assertThat(counts).containsExactly(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  @Test
  void aSmallTotalIsCountedEachTime() {
    assertThat(ask("acme", 10_000)).isEqualTo(10_000);
    assertThat(ask("acme", 9_999)).isEqualTo(9_999);
  }

  @Test
  void eachFilterHasItsOwn() {
    ask("acme", 20_000);
    assertThat(ask("other", 30_000)).isEqualTo(30_000);
    assertThat(ask("acme", 40_000)).isEqualTo(20_000);
  }

  @Test
  void afterThousandsOfFiltersTheNewestIsStillRemembered() {
    for (int i = 0; i < 2_500; i++) {
      ask("s" + i, 20_000);
    }
    ask("last", 20_000);
    assertThat(ask("last", 1)).isEqualTo(20_000);
  }

  @Test
  void whoFollowsACursorIsToldALowerBound() {
    assertThat(pagination(NEXT, "acme", 10_001)).isEqualTo(bound(10_000, true));
    assertThat(pagination(NEXT, "acme", 10_000)).isEqualTo(bound(10_000, false));
    assertThat(counts).containsExactly(10_001, 10_001);
  }

  private static Pagination bound(long total, boolean lower) {
    return new Pagination(total, lower, 1, 50, Optional.of("next"));
  }

  private long ask(String filter, long stored) {
    return pagination(FIRST, filter, stored).total();
  }

  private Pagination pagination(PageRequest request, String filter, long stored) {
    return totals.pagination(
        filter,
        request,
        new Page<>(List.of("row"), true),
        Optional.of("next"),
        most -> {
          counts.add(most);
          return Math.min(most, stored);
        });
  }
}
