package showfloor.dealers.bulkimport;

import java.time.Duration;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;

/// What became of each import that was applied, with its failed rows: for a week, and of a company
/// only the newest.
public final class ImportLog {
  /// Of one company.
  static final int IMPORTS_MAX = 100;

  private static final Duration AGE = Duration.ofDays(7);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration BUDGET = Duration.ofMinutes(1);
  private static final int COMPANIES = 200;

  /// Each can have thousands of rows, which go with it.
  private static final int IMPORTS = 5;

  private final Database database;

  public ImportLog(Database database) {
    this.database = database;
  }

  /// Keeps what an import did, in the unit of work that does it.
  ///
  /// @param header of its file
  static ImportReport keep(SqlWriter sql, Caller caller, ImportReport report, SentCells header) {
    return report.with(
        new ImportReport.Kept(
            LogQueries.keep(sql, caller, report, header),
            report.counts().failed() == 0 ? 0 : LogQueries.keepRejected(sql, report.importId())));
  }

  /// Nothing is kept an hour longer than a week while a server runs.
  public Job job() {
    return new Job("dealers.sweep_imports", PAUSE, BUDGET, this::sweep);
  }

  private void sweep(Job.Run run) {
    for (UUID company : LogQueries.companiesWithOld(database, AGE, COMPANIES)) {
      while (run.goesOn()
          && run.inCompany(company, () -> LogQueries.sweep(database, AGE, IMPORTS)) == IMPORTS) {
        // There may be more of it.
      }
    }
  }
}
