package showfloor.subscriptions;

import java.time.Period;
import java.util.Locale;
import java.util.Optional;

/// What is sold, and for how much: the only place that says so.
public enum Plan {
  MONTHLY(9_900, Period.ofMonths(1)),
  ANNUAL(92_000, Period.ofYears(1));

  /// Of every price.
  public static final String CURRENCY = "USD";

  private final int priceCents;
  private final Period period;

  Plan(int priceCents, Period period) {
    this.priceCents = priceCents;
    this.period = period;
  }

  /// Of the API's word: `monthly` or `annual`.
  public static Optional<Plan> of(String word) {
    for (Plan plan : values()) {
      if (plan.word().equals(word)) {
        return Optional.of(plan);
      }
    }
    return Optional.empty();
  }

  /// As the API writes it: `monthly`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// For one period, in cents of [#CURRENCY].
  public int priceCents() {
    return priceCents;
  }

  public Period period() {
    return period;
  }
}
