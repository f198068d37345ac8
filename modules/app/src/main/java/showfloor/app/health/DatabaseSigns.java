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

  /// Whether the database has answered since the last look, or does now.
  boolean answered() {
    PoolFacts now = facts.get();
    boolean worked =
        now.totals().roundTrips() > before.roundTrips()
            && now.totals().destroyed() == before.destroyed()
            && now.totals().timedOut() == before.timedOut();
    boolean full = now.leases().size() >= now.size() || !now.waiting().isEmpty();
    // A full pool is no fault of the database while leases still come and go.
    boolean answered = worked || (full ? now.totals().leases() > before.leases() : pinged());
    before = facts.get().totals();
    return answered;
  }

  private boolean pinged() {
    return ping.getAsBoolean();
  }
}
