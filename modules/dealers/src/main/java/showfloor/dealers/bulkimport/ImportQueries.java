package showfloor.dealers.bulkimport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.csv.DealerColumn;

/// The statements of an import: stage, classify, apply, report, discard.
final class ImportQueries {
  private static final Sql STAGE_ROWS =
      Sql.of(
          "dealers.stage_rows",
          """
          INSERT INTO dealers.import_rows (company_id, import_id, line, new_id, outcome, code,
            reason, %1$s)
          SELECT cast(:company AS uuid), cast(:import AS uuid), t.line, t.new_id,
            CASE WHEN t.code IS NULL THEN 'inserted' ELSE 'failed' END, t.code, t.reason, %2$s
          FROM unnest(cast(:lines AS int[]), cast(:new_ids AS uuid[]), cast(:codes AS text[]),
            cast(:reasons AS text[]), %3$s) AS t (line, new_id, code, reason, %1$s)
          """
              .formatted(
                  columns(DealerColumn::column),
                  columns(ImportQueries::typed),
                  columns(column -> "cast(:%s AS text[])".formatted(column.column()))));

  // A line that repeats an earlier one of the same import is the same dealer twice.
  private static final Sql MARK_REPEATS =
      Sql.of(
          "dealers.mark_repeats",
          """
          UPDATE dealers.import_rows r
          SET outcome = 'skipped', code = 'DUPLICATE_IN_FILE',
            reason = 'Same name, e-mail and phone as line ' || k.first_line || '.'
          FROM (
            SELECT line, min(line) OVER (PARTITION BY dup_hash) AS first_line
            FROM dealers.import_rows
            WHERE import_id = :import AND outcome = 'inserted') k
          WHERE r.import_id = :import AND r.line = k.line AND k.first_line < k.line
          """);

  private static final Sql MARK_DUPLICATES =
      Sql.of(
          "dealers.mark_duplicates",
          """
          UPDATE dealers.import_rows r
          SET existing_id = e.id,
            outcome = CASE WHEN :update AND e.differs THEN 'updated' ELSE 'skipped' END,
            code = CASE WHEN :update AND NOT e.differs THEN 'UNCHANGED' ELSE 'DUPLICATE' END,
            reason = CASE WHEN :update AND NOT e.differs
              THEN 'A dealer with the same name, e-mail and phone has all of this already.'
              ELSE 'There is a dealer with the same name, e-mail and phone.' END
          FROM (
            SELECT DISTINCT ON (s.line) s.line, d.id, (%s) AS differs
            FROM dealers.import_rows s
            JOIN dealers.dealers d ON d.company_id = s.company_id AND d.dup_hash = s.dup_hash
            WHERE s.import_id = :import AND s.outcome = 'inserted'
            ORDER BY s.line, d.id) e
          WHERE r.import_id = :import AND r.line = e.line
          """
              .formatted(
                  replaceable(
                      c -> "coalesce(s.%1$s, d.%1$s) IS DISTINCT FROM d.%1$s".formatted(c),
                      " OR ")));

  private static final Sql INSERT_DEALERS =
      Sql.of(
          "dealers.insert_imported",
          """
          INSERT INTO dealers.dealers (company_id, id, %s, status, created_at, updated_at)
          SELECT company_id, new_id, %1$s, coalesce(status, 'Prospect'),
            coalesce(created_at, date_trunc('milliseconds', now())),
            date_trunc('milliseconds', now())
          FROM dealers.import_rows
          WHERE import_id = :import AND outcome = 'inserted' AND line BETWEEN :first AND :last
          """
              .formatted(
                  Arrays.stream(DealerColumn.values())
                      .filter(c -> c != DealerColumn.STATUS && c != DealerColumn.CREATED_AT)
                      .map(DealerColumn::column)
                      .collect(Collectors.joining(", "))));

  private static final Sql UPDATE_DEALERS =
      Sql.of(
          "dealers.update_imported",
          """
          UPDATE dealers.dealers d
          SET %s, version = d.version + 1, updated_at = date_trunc('milliseconds', now())
          FROM dealers.import_rows r
          WHERE r.import_id = :import AND r.outcome = 'updated'
            AND r.line BETWEEN :first AND :last
            AND d.company_id = r.company_id AND d.id = r.existing_id
          """
              .formatted(replaceable(c -> "%1$s = coalesce(r.%1$s, d.%1$s)".formatted(c), ", ")));

  private static final Sql COUNT_OUTCOMES =
      Sql.of(
          "dealers.count_outcomes",
          """
          SELECT count(*) FILTER (WHERE outcome = 'inserted') AS inserted,
            count(*) FILTER (WHERE outcome = 'updated') AS updated,
            count(*) FILTER (WHERE outcome = 'skipped') AS skipped,
            count(*) FILTER (WHERE outcome = 'failed') AS failed
          FROM dealers.import_rows WHERE import_id = :import
          """);

  private static final Sql LIST_OUTCOMES =
      Sql.of(
          "dealers.list_outcomes",
          """
          SELECT r.line, r.outcome, r.code, r.reason, d.id, d.company_name, d.contact_name,
            d.email, d.phone
          FROM dealers.import_rows r
          LEFT JOIN dealers.dealers d ON d.company_id = r.company_id AND d.id = r.existing_id
          WHERE r.import_id = :import AND r.outcome <> 'inserted' AND r.line > :after
          ORDER BY r.line
          LIMIT :page_limit
          """);

  private static final Sql DISCARD_ROWS =
      Sql.of("dealers.discard_rows", "DELETE FROM dealers.import_rows WHERE import_id = :import");

  // Ids are of version 7: a smaller one is an older one.
  private static final Sql DISCARD_STALE_ROWS =
      Sql.of(
          "dealers.discard_stale_rows",
          "DELETE FROM dealers.import_rows WHERE import_id < :oldest");

  private static final Sql LOCK_IMPORTS =
      Sql.of(
          "dealers.lock_imports",
          "SELECT pg_try_advisory_xact_lock(hashtextextended(:company, 11)) AS locked");

  private ImportQueries() {}

  static void stage(SqlWriter sql, UUID company, UUID importId, List<ImportRow> rows) {
    List<@Nullable Object> values = new ArrayList<>();
    add(values, "company", company);
    add(values, "import", importId);
    add(values, "lines", rows.stream().map(ImportRow::line).toArray(Integer[]::new));
    add(values, "new_ids", rows.stream().map(row -> UuidV7.next()).toArray(UUID[]::new));
    add(values, "codes", texts(rows, row -> row.fault() == null ? null : row.fault().code()));
    add(values, "reasons", texts(rows, row -> row.fault() == null ? null : row.fault().reason()));
    for (DealerColumn column : DealerColumn.values()) {
      add(values, column.column(), texts(rows, row -> row.values().get(column)));
    }
    sql.execute(STAGE_ROWS.with(values.toArray()));
  }

  /// Decides for each staged row what becomes of it; changes nothing but the staging.
  static void classify(SqlWriter sql, UUID importId, ImportMode mode) {
    if (mode != ImportMode.INSERT) {
      sql.execute(MARK_REPEATS.with("import", importId));
      sql.execute(MARK_DUPLICATES.with("import", importId, "update", mode == ImportMode.UPDATE));
    }
  }

  static int insert(SqlWriter sql, UUID importId, Slice slice) {
    return sql.execute(
        INSERT_DEALERS.with("import", importId, "first", slice.first(), "last", slice.last()));
  }

  static int update(SqlWriter sql, UUID importId, Slice slice) {
    return sql.execute(
        UPDATE_DEALERS.with("import", importId, "first", slice.first(), "last", slice.last()));
  }

  static ImportReport.Counts counts(SqlReader sql, UUID importId) {
    return sql.one(
        COUNT_OUTCOMES.with("import", importId),
        row ->
            new ImportReport.Counts(
                Math.toIntExact(row.bigint("inserted")),
                Math.toIntExact(row.bigint("updated")),
                Math.toIntExact(row.bigint("skipped")),
                Math.toIntExact(row.bigint("failed"))));
  }

  /// Rows behind line `after` that are not to be inserted, in order.
  static Page<ImportReport.Line> outcomes(SqlReader sql, UUID importId, int after, int size) {
    return sql.page(LIST_OUTCOMES, size, ImportQueries::line, "import", importId, "after", after);
  }

  static void discard(SqlWriter sql, UUID importId) {
    sql.execute(DISCARD_ROWS.with("import", importId));
  }

  /// Removes what imports older than `oldest` have left behind.
  static void discardStale(SqlWriter sql, UUID oldest) {
    sql.execute(DISCARD_STALE_ROWS.with("oldest", oldest));
  }

  /// Keeps other imports of the company out until the unit of work ends; false: one is at work.
  static boolean lock(SqlWriter sql, UUID company) {
    return sql.one(LOCK_IMPORTS.with("company", company.toString()), row -> row.bool("locked"));
  }

  /// Lines that are staged, and later applied, by one statement.
  record Slice(int first, int last) {}

  private static ImportReport.Line line(Row row) {
    UUID existing = row.uuidOrNull("id");
    return new ImportReport.Line(
        row.integer("line"),
        row.text("outcome"),
        row.text("code"),
        row.text("reason"),
        existing == null
            ? null
            : new ImportReport.Existing(
                existing,
                row.text("company_name"),
                row.textOrNull("contact_name"),
                row.textOrNull("email"),
                row.textOrNull("phone")));
  }

  private static String typed(DealerColumn column) {
    return switch (column) {
      case RATING -> "cast(t.rating AS smallint)";
      case CREATED_AT -> "cast(t.created_at AS timestamptz)";
      default -> "t." + column.column();
    };
  }

  private static String columns(Function<DealerColumn, String> text) {
    return Arrays.stream(DealerColumn.values()).map(text).collect(Collectors.joining(", "));
  }

  /// The columns that a line may change in an existing dealer.
  private static String replaceable(Function<String, String> text, String separator) {
    return Arrays.stream(DealerColumn.values())
        .filter(column -> column != DealerColumn.CREATED_AT)
        .map(column -> text.apply(column.column()))
        .collect(Collectors.joining(separator));
  }

  private static @Nullable String[] texts(
      List<ImportRow> rows, Function<ImportRow, @Nullable String> text) {
    @Nullable String[] texts = new @Nullable String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text.apply(rows.get(i));
    }
    return texts;
  }

  private static void add(List<@Nullable Object> values, String name, @Nullable Object value) {
    values.add(name);
    values.add(value);
  }
}
