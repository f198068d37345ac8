package showfloor.reports.archive;

import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.httpapi.Problem;

/// Which archive a company takes back at the moment, and whether it may. The database decides,
/// since history may be told meanwhile that nobody recorded.
final class Restores {
  private static final Sql BEGIN_RESTORE =
      Sql.of("reports.begin_restore", "SELECT reports.begin_restore(:archive) AS done");

  private static final Sql STEP_RESTORE =
      Sql.of("reports.step_restore", "SELECT reports.step_restore(:archive) AS done");

  private static final Sql FINISH_RESTORE =
      Sql.of("reports.finish_restore", "SELECT reports.finish_restore(:archive) AS done");

  private Restores() {}

  /// Begins, or goes on with the same archive. A company that has data of its own is a [Problem]
  /// 409.
  static void begin(Database database, UUID archive) {
    database.inTransaction(
        sql -> {
          if (!done(sql, BEGIN_RESTORE, archive)) {
            throw Problem.conflict(
                "COMPANY_NOT_EMPTY",
                "An archive is taken back into a company without dealers, shows, to-dos, groups,"
                    + " products, buying groups and custom fields; yours has some. Register another"
                    + " company, or delete them first.");
          }
          return archive;
        });
  }

  /// Lets the unit of work `sql` write some of the archive. Once another one was begun it is a
  /// [Problem] 409.
  static void step(SqlReader sql, UUID archive) {
    if (!done(sql, STEP_RESTORE, archive)) {
      throw overtaken();
    }
  }

  /// Nothing of the archive is written any more.
  static void finish(Database database, UUID archive) {
    database.inTransaction(
        sql -> {
          if (!done(sql, FINISH_RESTORE, archive)) {
            throw overtaken();
          }
          return archive;
        });
  }

  private static boolean done(SqlReader sql, Sql call, UUID archive) {
    return sql.one(call.with("archive", archive), row -> row.bool("done"));
  }

  private static Problem overtaken() {
    return Problem.conflict(
        "COMPANY_NOT_EMPTY",
        "The company has taken the archive back meanwhile, or begun with another one.");
  }
}
