package showfloor.app.admin;

import java.time.Instant;
import java.util.List;
import showfloor.app.health.Health;
import showfloor.dbapi.runtime.PoolFacts;

/// All that an operator is shown about one moment.
///
/// @param warnings what he should look at, the gravest first
record Observation(
    Instant at,
    Health.Verdict ready,
    PoolFacts pool,
    List<Warning> warnings,
    Actions.State actions) {}
