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
            reason, cells, custom_fields, %1$s)
          SELECT cast(:company AS uuid), cast(:import AS uuid), t.line, t.new_id,
            CASE WHEN t.code IS NULL THEN 'inserted' ELSE 'failed' END, t.code, t.reason,
            decode(t.cells, 'base64'), cast(t.custom_fields AS jsonb), %2$s
          FROM unnest(cast(:lines AS int[]), cast(:new_ids AS uuid[]), cast(:codes AS text[]),
            cast(:reasons AS text[]), cast(:cells AS text[]), cast(:custom_fields AS text[]),
            %3$s) AS t (line, new_id, code, reason, cells, custom_fields, %1$s)
          """
              .formatted(
                  columns(DealerColumn::column),
                  columns(ImportQueries::typed),
                  columns(column -> "cast(:%s AS text[])".formatted(column.column()))));

  private static final Sql CLASSIFY_ROWS =
      Sql.of(
          "dealers.classify_rows",
          """
          SELECT c.inserted, c.updated, c.skipped, c.failed
          FROM dealers.classify_import(:import, :mode) AS c
          """);

  private static final Sql INSERT_DEALERS =
      Sql.of(
          "dealers.insert_imported",
          """
          INSERT INTO dealers.dealers (
            company_id, id, %s, custom_fields, status, rated_at, created_at, updated_at)
          SELECT company_id, new_id, %1$s, custom_fields, coalesce(status, 'Prospect'),
            CASE WHEN rating IS NOT NULL THEN m.moment END,
            coalesce(created_at, m.moment), m.moment
          FROM dealers.import_rows
            CROSS JOIN (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
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
          "SELECT dealers.update_imported(:import, :first, :last) AS updated");

  // The limit keeps the lookup one by key for each line, whatever the statistics say.
  private static final Sql LIST_OUTCOMES =
      Sql.of(
          "dealers.list_outcomes",
          """
          SELECT r.line, r.outcome, r.code, r.reason, d.id, d.company_name, d.contact_name,
            d.email, d.phone
          FROM dealers.import_rows r
          LEFT JOIN LATERAL (
            SELECT d.id, d.company_name, d.contact_name, d.email, d.phone
            FROM dealers.dealers d
            WHERE d.company_id = r.company_id AND d.id = r.existing_id
            LIMIT 1) d ON true
          WHERE r.import_id = :import AND r.outcome <> 'inserted' AND r.line > :after
          ORDER BY r.line
          LIMIT :page_limit
          """);

  private static final Sql LEARN_DEALERS =
      Sql.of("dealers.learn_dealers", "SELECT dealers.learn_dealers() AS learnt");

  private static final Sql DISCARD_ROWS =
      Sql.of("dealers.discard_rows", "DELETE FROM dealers.import_rows WHERE import_id = :import");

  // Ids are of version 7: a smaller one is an older one. From one import to the next by the key,
  // not through all the rows of each.
  private static final Sql SWEEP_ROWS =
      Sql.of(
          "dealers.sweep_rows",
          """
          WITH RECURSIVE open (id) AS (
            (SELECT r.import_id FROM dealers.import_rows r
             WHERE r.import_id >= :oldest
             ORDER BY r.import_id LIMIT 1)
            UNION ALL
            SELECT (
              SELECT r.import_id FROM dealers.import_rows r
              WHERE r.import_id > open.id
              ORDER BY r.import_id LIMIT 1)
            FROM open WHERE open.id IS NOT NULL),
          stale AS (DELETE FROM dealers.import_rows r WHERE r.import_id < :oldest)
          SELECT count(open.id) AS n FROM open
          """);

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
    add(values, "cells", texts(rows, row -> row.sent() == null ? null : row.sent().base64()));
    add(values, "custom_fields", texts(rows, ImportRow::customFields));
    for (DealerColumn column : DealerColumn.values()) {
      add(values, column.column(), texts(rows, row -> row.values().get(column)));
    }
    sql.execute(STAGE_ROWS.with(values.toArray()));
  }

  /// Decides for each staged row what becomes of it; changes nothing but the staging.
  static ImportReport.Counts classify(SqlWriter sql, UUID importId, ImportMode mode) {
    return sql.one(
        CLASSIFY_ROWS.with("import", importId, "mode", mode.word()),
        row ->
            new ImportReport.Counts(
                Math.toIntExact(row.bigint("inserted")),
                Math.toIntExact(row.bigint("updated")),
                Math.toIntExact(row.bigint("skipped")),
                Math.toIntExact(row.bigint("failed"))));
  }

  static int insert(SqlWriter sql, UUID importId, Slice slice) {
    return sql.execute(
        INSERT_DEALERS.with("import", importId, "first", slice.first(), "last", slice.last()));
  }

  static int update(SqlWriter sql, UUID importId, Slice slice) {
    return sql.one(
        UPDATE_DEALERS.with("import", importId, "first", slice.first(), "last", slice.last()),
        row -> row.integer("updated"));
  }

  /// Rows behind line `after` that are not to be inserted, in order.
  static Page<ImportReport.Line> outcomes(SqlReader sql, UUID importId, int after, int size) {
    return sql.page(LIST_OUTCOMES, size, ImportQueries::line, "import", importId, "after", after);
  }

  /// Lets the statistics know of the dealers that have come.
  static void learn(SqlWriter sql) {
    boolean _ = sql.one(LEARN_DEALERS.with(), row -> row.bool("learnt"));
  }

  static void discard(SqlWriter sql, UUID importId) {
    sql.execute(DISCARD_ROWS.with("import", importId));
  }

  /// Removes what imports older than `oldest` have left behind; how many younger ones there are.
  static int sweep(SqlWriter sql, UUID oldest) {
    List<Long> open = sql.returning(SWEEP_ROWS.with("oldest", oldest), row -> row.bigint("n"));
    return Math.toIntExact(open.getFirst());
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
