package showfloor.uploads.files;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Sql;

/// Clears away what was never sent whole, and whose request could not do so itself because its
/// process died.
public final class LeftOvers {
  /// Longer than any request lasts: what is older and not kept, nobody sends any more.
  static final Duration AGE = Duration.ofMinutes(15);

  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final Duration BUDGET = Duration.ofMinutes(1);
  private static final int COMPANIES = 200;

  /// Each can have tens of pieces, which go with it.
  private static final int FILES = 5;

  private static final Sql COMPANIES_WITH_LEFT_OVERS =
      Sql.of(
          "uploads.companies_with_left_overs",
          """
          SELECT company_id
          FROM uploads.companies_with_left_overs(make_interval(secs => :age), :most)
          """);

  private static final Sql SWEEP_FILES =
      Sql.of(
          "uploads.sweep_files",
          """
          WITH left_over AS (
            SELECT f.company_id, f.id FROM uploads.files f
            WHERE f.created_at IS NULL AND f.started_at < now() - make_interval(secs => :age)
            ORDER BY f.started_at LIMIT :most FOR UPDATE SKIP LOCKED)
          DELETE FROM uploads.files f USING left_over l
          WHERE f.company_id = l.company_id AND f.id = l.id
          """);

  private final Database database;

  public LeftOvers(Database database) {
    this.database = database;
  }

  /// Nothing is left longer than twenty minutes while a server runs.
  public Job job() {
    return new Job("uploads.sweep_files", PAUSE, BUDGET, this::sweep);
  }

  private void sweep(Job.Run run) {
    for (UUID company : companies()) {
      while (run.goesOn() && run.inCompany(company, this::sweepSome) == FILES) {
        // There may be more of it.
      }
    }
  }

  private List<UUID> companies() {
    return database.list(
        COMPANIES_WITH_LEFT_OVERS.with("age", AGE.toSeconds(), "most", COMPANIES),
        row -> row.uuid("company_id"));
  }

  private int sweepSome() {
    return database.execute(SWEEP_FILES.with("age", AGE.toSeconds(), "most", FILES));
  }
}
