package showfloor.reports.archive;

import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Problem;

/// Which archive a company takes back at the moment, and whether it may.
final class Restores {
  private static final Sql FIND_RESTORE =
      Sql.of(
          "reports.find_restore",
          """
          SELECT r.archive_id, r.finished_at IS NOT NULL AS finished
          FROM reports.restores r FOR UPDATE
          """);

  private static final Sql IS_EMPTY =
      Sql.of(
          "reports.is_empty",
          """
          SELECT NOT (EXISTS (SELECT FROM dealers.leads)
            OR EXISTS (SELECT FROM tradeshows.published_shows)
            OR EXISTS (SELECT FROM todos.published_todos)) AS empty
          """);

  private static final Sql BEGIN_RESTORE =
      Sql.of(
          "reports.begin_restore",
          """
          INSERT INTO reports.restores (company_id, archive_id, started_at)
          VALUES (:company_id, :archive_id, clock_timestamp())
          ON CONFLICT (company_id) DO UPDATE
          SET archive_id = excluded.archive_id, started_at = excluded.started_at,
            finished_at = NULL
          """);

  private static final Sql FINISH_RESTORE =
      Sql.of(
          "reports.finish_restore",
          """
          UPDATE reports.restores SET finished_at = clock_timestamp()
          WHERE archive_id = :archive_id
          """);

  private Restores() {}

  private record Begun(UUID archive, boolean finished) {}

  /// Begins, or goes on with the same archive. A company that has data of its own is a [Problem]
  /// 409.
  static void begin(Database database, UUID company, UUID archive) {
    database.inTransaction(
        sql -> {
          Optional<Begun> begun =
              sql.find(
                  FIND_RESTORE.with(),
                  row -> new Begun(row.uuid("archive_id"), row.bool("finished")));
          if (begun.filter(b -> !b.finished() && b.archive().equals(archive)).isEmpty()) {
            requireEmpty(sql);
            sql.execute(BEGIN_RESTORE.with("company_id", company, "archive_id", archive));
          }
          return archive;
        });
  }

  static void finish(Database database, UUID archive) {
    database.execute(FINISH_RESTORE.with("archive_id", archive));
  }

  private static void requireEmpty(SqlWriter sql) {
    if (!sql.one(IS_EMPTY.with(), row -> row.bool("empty"))) {
      throw Problem.conflict(
          "COMPANY_NOT_EMPTY",
          "An archive is taken back into a company without dealers, shows and to-dos; yours has"
              + " some. Register another company, or delete them first.");
    }
  }
}
