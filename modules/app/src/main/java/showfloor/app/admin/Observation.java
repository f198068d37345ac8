package showfloor.app.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import showfloor.app.health.Health;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Reconciliation;

/// All that an operator is shown about one moment.
///
/// @param reconciliation the latest one
/// @param warnings what he should look at, the gravest first
record Observation(
    Instant at,
    Health.Verdict ready,
    PoolFacts pool,
    Optional<Reconciliation> reconciliation,
    List<Warning> warnings,
    Actions.State actions) {}
