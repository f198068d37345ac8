package showfloor.dealers.bulkimport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Json;

/// Statements over `dealers.imports` and `dealers.rejected_rows`.
final class LogQueries {
  // Ids are of version 7: the greatest are the newest. No other import of the company is here.
  private static final Sql KEEP_IMPORT =
      Sql.of(
          "dealers.keep_import",
          """
          WITH surplus AS (
            DELETE FROM dealers.imports i
            WHERE i.id IN (
              SELECT o.id FROM dealers.imports o ORDER BY o.id DESC OFFSET :others))
          INSERT INTO dealers.imports (company_id, id, mode, inserted, updated, skipped, failed,
            listed, truncated, ignored_columns, header, actor_id, at)
          VALUES (:company_id, :id, :mode, :inserted, :updated, :skipped, :failed,
            :listed::jsonb, :truncated, :ignored_columns, decode(:header, 'base64'), :actor_id,
            date_trunc('milliseconds', clock_timestamp()))
          RETURNING at
          """);

  private static final Sql KEEP_REJECTED =
      Sql.of(
          "dealers.keep_rejected",
          """
          INSERT INTO dealers.rejected_rows (company_id, import_id, line, code, reason, cells)
          SELECT r.company_id, r.import_id, r.line, r.code, r.reason, r.cells
          FROM dealers.import_rows r
          WHERE r.import_id = :import AND r.cells IS NOT NULL
          """);

  private static final Sql FIND_IMPORT =
      Sql.of(
          "dealers.find_import",
          """
          SELECT i.id, i.mode, i.inserted, i.updated, i.skipped, i.failed, i.listed::text AS listed,
            i.truncated, i.ignored_columns, i.at, (
              SELECT count(*) FROM dealers.rejected_rows r
              WHERE r.company_id = i.company_id AND r.import_id = i.id) AS rejected
          FROM dealers.imports i
          WHERE i.id = :id
          """);

  private static final Sql FIND_HEADER =
      Sql.of("dealers.find_header", "SELECT i.header FROM dealers.imports i WHERE i.id = :id");

  private static final Sql LIST_REJECTED =
      Sql.of(
          "dealers.list_rejected",
          """
          SELECT r.line, r.code, r.reason, r.cells
          FROM dealers.rejected_rows r
          WHERE r.import_id = :import AND r.line > :after
          ORDER BY r.line
          LIMIT :page_limit
          """);

  private static final Sql COMPANIES_WITH_OLD_IMPORTS =
      Sql.of(
          "dealers.companies_with_old_imports",
          """
          SELECT company_id
          FROM dealers.companies_with_old_imports(make_interval(secs => :age), :most)
          """);

  private static final Sql SWEEP_IMPORTS =
      Sql.of(
          "dealers.sweep_imports",
          """
          WITH old AS (
            SELECT i.company_id, i.id FROM dealers.imports i
            WHERE i.at < now() - make_interval(secs => :age)
            ORDER BY i.id LIMIT :most FOR UPDATE SKIP LOCKED)
          DELETE FROM dealers.imports i USING old o
          WHERE i.company_id = o.company_id AND i.id = o.id
          """);

  private LogQueries() {}

  /// A failed row as it is handed back.
  ///
  /// @param cells in UTF-8, a line of CSV
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rejected(int line, String code, String reason, byte[] cells) {}

  /// Keeps an import, and of the company's others only the newest; the moment it is kept under.
  static Instant keep(SqlWriter sql, Caller caller, ImportReport report, SentCells header) {
    return sql.returning(
            KEEP_IMPORT.with(
                "others", ImportLog.IMPORTS_MAX - 1,
                "company_id", caller.companyId(),
                "id", report.importId(),
                "mode", report.mode().word(),
                "inserted", report.counts().inserted(),
                "updated", report.counts().updated(),
                "skipped", report.counts().skipped(),
                "failed", report.counts().failed(),
                "listed", new String(Json.bytes(report.rows()), StandardCharsets.UTF_8),
                "truncated", report.truncated(),
                "ignored_columns", report.ignoredColumns().toArray(String[]::new),
                "header", header.base64(),
                "actor_id", caller.userId()),
            row -> row.instant("at"))
        .getFirst();
  }

  /// Keeps the staged rows that failed, as far as they have their cells; how many.
  static int keepRejected(SqlWriter sql, UUID importId) {
    return sql.execute(KEEP_REJECTED.with("import", importId));
  }

  static Optional<ImportReport> find(SqlReader sql, UUID importId) {
    return sql.find(FIND_IMPORT.with("id", importId), LogQueries::report);
  }

  /// The header of an import's file in UTF-8.
  static Optional<byte[]> header(SqlReader sql, UUID importId) {
    return sql.find(FIND_HEADER.with("id", importId), row -> row.bytes("header"));
  }

  /// Failed rows behind line `after`, in order.
  static Page<Rejected> rejected(SqlReader sql, UUID importId, int after, int size) {
    return sql.page(LIST_REJECTED, size, LogQueries::rejected, "import", importId, "after", after);
  }

  /// Those that have imports older than `age`.
  static List<UUID> companiesWithOld(SqlReader sql, Duration age, int most) {
    return sql.list(
        COMPANIES_WITH_OLD_IMPORTS.with("age", age.toSeconds(), "most", most),
        row -> row.uuid("company_id"));
  }

  /// Removes some imports older than `age`; how many.
  static int sweep(SqlWriter sql, Duration age, int most) {
    return sql.execute(SWEEP_IMPORTS.with("age", age.toSeconds(), "most", most));
  }

  private static ImportReport report(Row row) {
    String listed = row.text("listed");
    return new ImportReport(
        row.uuid("id"),
        ImportMode.of(row.text("mode")),
        new ImportReport.Counts(
            row.integer("inserted"),
            row.integer("updated"),
            row.integer("skipped"),
            row.integer("failed")),
        out -> out.writeRawValue(listed),
        row.bool("truncated"),
        row.texts("ignored_columns"),
        new ImportReport.Kept(row.instant("at"), Math.toIntExact(row.bigint("rejected"))));
  }

  private static Rejected rejected(Row row) {
    return new Rejected(
        row.integer("line"), row.text("code"), row.text("reason"), row.bytes("cells"));
  }
}
