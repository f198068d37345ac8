package showfloor.dbapi.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.internal.LetterRows;

/// Keeps the outbox in sight and of a bounded size: counts what is left in it, deletes what was
/// done 30 days ago. Thread-safe.
public final class OutboxWatch {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int COMPANIES = 1_000;

  private final Database database;
  private final InstantSource clock;
  private volatile List<LettersLeft> left = List.of();

  OutboxWatch(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// What was left when last looked at, by kind; costs nothing.
  public List<LettersLeft> left() {
    return left;
  }

  /// The job that looks and sweeps.
  public Job job() {
    return new Job("dbapi.watch_outbox", Duration.ofMinutes(1), Duration.ofSeconds(30), this::look);
  }

  private void look(Job.Run run) {
    left = LetterRows.left(database);
    Instant moment = clock.instant().minus(KEPT);
    for (UUID company : LetterRows.companiesWithDone(database, moment, COMPANIES)) {
      if (run.goesOn()) {
        run.inCompany(company, () -> LetterRows.sweep(database, company, moment));
      }
    }
  }
}
