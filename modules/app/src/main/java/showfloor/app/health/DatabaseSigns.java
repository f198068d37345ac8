package showfloor.app.health;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import showfloor.dbapi.runtime.PoolFacts;

/// Judges from outside whether the database answers: by the work that gets done, and by a ping of
/// its own only where there is none. It never takes a connection away from a request. Used by one
/// thread.
final class DatabaseSigns {
  private final Supplier<PoolFacts> facts;
  private final BooleanSupplier ping;
  private PoolFacts.Totals before;

  /// @param ping asks the database for a sign of life; takes a lease, bounded in time
  DatabaseSigns(Supplier<PoolFacts> facts, BooleanSupplier ping) {
    this.facts = facts;
    this.ping = ping;
    before = facts.get().totals();
  }

  /// What the last moment says.
  enum Sign {
    GOOD,
    BAD,
    /// Everyone who could ask is busy, within the time that they may take.
    NONE
  }

  /// Whether the database has answered since the last look, or does now.
  Sign look() {
    PoolFacts now = facts.get();
    boolean worked =
        now.totals().roundTrips() > before.roundTrips()
            && now.totals().destroyed() == before.destroyed()
            && now.totals().timedOut() == before.timedOut();
    boolean full = now.leases().size() >= now.size() || !now.waiting().isEmpty();
    Sign sign = worked ? Sign.GOOD : full ? ofFull(now) : pinged();
    before = facts.get().totals();
    return sign;
  }

  /// A full pool is no fault of the database: leases come and go, or long statements run. That it
  /// opens no connection for those who have their turn is.
  private Sign ofFull(PoolFacts now) {
    if (now.totals().leases() > before.leases()) {
      return Sign.GOOD;
    }
    if (now.opening() > 0) {
      return Sign.BAD;
    }
    boolean late = now.leases().stream().anyMatch(lease -> lease.heldMs() > lease.budgetMs());
    return late ? Sign.BAD : Sign.NONE;
  }

  private Sign pinged() {
    return ping.getAsBoolean() ? Sign.GOOD : Sign.BAD;
  }
}
