package showfloor.dealers.labels;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements over `dealers.labels` and `dealers.label_members`. Those that write are not for
/// buying groups, but for the one that adds.
final class LabelQueries {
  private static final String COLUMNS =
      """
      l.id, l.name, l.version, l.created_at, l.updated_at, CASE l.kind WHEN 'buying_group'
        THEN (SELECT count(*) FROM dealers.dealers d
          WHERE d.company_id = l.company_id AND d.buying_group = l.name)
        ELSE (SELECT count(*) FROM dealers.label_members m
          WHERE m.company_id = l.company_id AND m.label_id = l.id) END AS dealers_there\
      """;

  private static final Sql LIST_LABELS =
      Sql.of(
          "dealers.list_labels",
          """
          SELECT %s FROM dealers.labels l
          WHERE l.kind = :kind AND l.deleted_at IS NULL
            AND (:after::text IS NULL OR l.name > :after::text)
          ORDER BY l.name
          LIMIT :page_limit OFFSET :offset
          """
              .formatted(COLUMNS));

  private static final Sql COUNT_LABELS =
      Sql.of(
          "dealers.count_labels",
          """
          SELECT count(*) AS total FROM (
            SELECT 1 FROM dealers.labels l
            WHERE l.kind = :kind AND l.deleted_at IS NULL LIMIT :most) counted
          """);

  private static final Sql FIND_LABEL =
      Sql.of(
          "dealers.find_label",
          """
          SELECT %s FROM dealers.labels l
          WHERE l.id = :id AND l.kind = :kind AND l.deleted_at IS NULL
          """
              .formatted(COLUMNS));

  private static final Sql ADD_LABEL =
      Sql.of(
          "dealers.add_label",
          """
          INSERT INTO dealers.labels AS l (company_id, id, kind, name, created_at, updated_at)
          SELECT :company_id, :id, :kind, :name, m.moment, m.moment
          FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
          ON CONFLICT DO NOTHING
          RETURNING %s
          """
              .formatted(COLUMNS));

  private static final Sql RENAME_LABEL =
      Sql.of(
          "dealers.rename_label",
          """
          UPDATE dealers.labels l SET name = :name, version = l.version + 1,
            updated_at = greatest(l.updated_at, date_trunc('milliseconds', clock_timestamp()))
          WHERE l.id = :id AND l.kind = :kind
            AND (:version::bigint IS NULL OR l.version = :version::bigint)
            AND NOT EXISTS (
              SELECT 1 FROM dealers.labels o
              WHERE o.company_id = l.company_id AND o.kind = l.kind AND o.name = :name
                AND o.id <> l.id)
          RETURNING %s
          """
              .formatted(COLUMNS));

  private static final Sql DELETE_LABEL =
      Sql.of(
          "dealers.delete_label",
          """
          DELETE FROM dealers.labels l
          WHERE l.id = :id AND l.kind = :kind
            AND (:version::bigint IS NULL OR l.version = :version::bigint)
          RETURNING %s
          """
              .formatted(COLUMNS));

  // All or none: a dealer that is not there lets nothing join or leave. In the order of their ids,
  // so that two who move the same dealers do not wait for one another in a circle.
  private static final Sql MOVE_DEALERS =
      Sql.of(
          "dealers.move_dealers",
          """
          WITH label AS (
            SELECT l.id FROM dealers.labels l WHERE l.id = :id AND l.kind = :kind FOR KEY SHARE),
          named AS (
            SELECT d.company_id, d.id FROM dealers.dealers d
            WHERE d.id = ANY (:add) OR d.id = ANY (:remove)),
          fit AS (SELECT label.id FROM label WHERE (SELECT count(*) FROM named) = :named::int),
          joined AS (
            INSERT INTO dealers.label_members (company_id, dealer_id, label_id, created_at)
            SELECT named.company_id, named.id, fit.id,
              date_trunc('milliseconds', clock_timestamp())
            FROM fit CROSS JOIN named
            WHERE named.id = ANY (:add)
            ORDER BY named.id
            ON CONFLICT DO NOTHING
            RETURNING dealer_id),
          parted AS (
            DELETE FROM dealers.label_members m USING fit
            WHERE m.label_id = fit.id AND m.dealer_id = ANY (:remove)
            RETURNING m.dealer_id)
          SELECT (SELECT count(*) FROM joined) AS added, (SELECT count(*) FROM parted) AS removed
          FROM fit
          """);

  private LabelQueries() {}

  /// By name; `after` is the name before the page.
  static Page<Label> list(
      SqlReader sql, LabelKind kind, @Nullable String after, int size, int offset) {
    return sql.page(
        LIST_LABELS,
        size,
        LabelQueries::label,
        "kind",
        kind.word(),
        "after",
        after,
        "offset",
        offset);
  }

  /// How many labels there are, counted up to `most`.
  static long count(SqlReader sql, LabelKind kind, int most) {
    return sql.one(
        COUNT_LABELS.with("kind", kind.word(), "most", most), row -> row.bigint("total"));
  }

  static Optional<Label> find(SqlReader sql, LabelKind kind, UUID id) {
    return sql.find(FIND_LABEL.with("id", id, "kind", kind.word()), LabelQueries::label);
  }

  /// The new label; empty where the name is taken.
  static Optional<Label> add(SqlWriter sql, UUID company, LabelKind kind, UUID id, String name) {
    return first(
        sql.returning(
            ADD_LABEL.with("company_id", company, "id", id, "kind", kind.word(), "name", name),
            LabelQueries::label));
  }

  /// The renamed label; empty when there is none, none of `version`, or the name is taken.
  static Optional<Label> rename(
      SqlWriter sql, LabelKind kind, UUID id, @Nullable Long version, String name) {
    return first(
        sql.returning(
            RENAME_LABEL.with("id", id, "kind", kind.word(), "version", version, "name", name),
            LabelQueries::label));
  }

  /// The deleted label; empty when there is none, or none of `version`.
  static Optional<Label> delete(SqlWriter sql, LabelKind kind, UUID id, @Nullable Long version) {
    return first(
        sql.returning(
            DELETE_LABEL.with("id", id, "kind", kind.word(), "version", version),
            LabelQueries::label));
  }

  /// Lets dealers join and leave.
  static Moved move(SqlWriter sql, LabelKind kind, UUID id, Moves moves) {
    return sql
        .returning(
            MOVE_DEALERS.with(
                "id", id,
                "kind", kind.word(),
                "add", moves.add().toArray(UUID[]::new),
                "remove", moves.remove().toArray(UUID[]::new),
                "named", moves.add().size() + moves.remove().size()),
            row -> new Moved.Done(row.bigint("added"), row.bigint("removed")))
        .stream()
        .<Moved>map(done -> done)
        .findFirst()
        .orElseGet(Moved.Missing::new);
  }

  private static Optional<Label> first(List<Label> labels) {
    return labels.stream().findFirst();
  }

  private static Label label(Row row) {
    return new Label(
        row.uuid("id"),
        row.text("name"),
        row.bigint("dealers_there"),
        row.bigint("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
