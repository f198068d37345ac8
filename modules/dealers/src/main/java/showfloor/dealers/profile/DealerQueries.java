package showfloor.dealers.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.notes.Note;
import showfloor.httpapi.Change;

/// Statements about one dealer. Those that write it hold it first, so that none waits long for
/// another transaction.
final class DealerQueries {
  static final String COLUMNS =
      """
      d.id, d.company_id, d.company_name, d.contact_name, d.email, d.phone, d.city, d.state, d.zip,
        d.country, d.address, d.buying_group, d.status, d.rating, d.notes, d.custom_fields,
        d.version, d.created_at, d.updated_at\
      """;

  private static final Sql FIND_DEALER =
      Sql.of(
          "dealers.find_dealer",
          "SELECT %s FROM dealers.dealers d WHERE d.id = :id".formatted(COLUMNS));

  private static final Sql FIND_DEALERS =
      Sql.of(
          "dealers.find_dealers",
          "SELECT %s FROM dealers.dealers d WHERE d.id = ANY (:ids)".formatted(COLUMNS));

  private static final Sql FIND_DETAIL =
      Sql.of(
          "dealers.find_detail",
          """
          SELECT %s,
            n.id AS note_id, n.author_id AS note_author_id, n.content AS note_content,
            n.version AS note_version, n.created_at AS note_created_at,
            n.updated_at AS note_updated_at
          FROM dealers.dealers d LEFT JOIN LATERAL (
            SELECT n.id, n.author_id, n.content, n.version, n.created_at, n.updated_at
            FROM dealers.notes n
            WHERE n.company_id = d.company_id AND n.dealer_id = d.id
            ORDER BY n.id DESC LIMIT :most) n ON true
          WHERE d.id = :id
          ORDER BY n.id DESC
          """
              .formatted(COLUMNS));

  private static final Sql ADD_DEALER =
      Sql.of(
          "dealers.add_dealer",
          """
          INSERT INTO dealers.dealers AS d (
            company_id, id, %s, custom_fields, rated_at, created_at, updated_at)
          SELECT :company_id, :id, %s,
            dealers.merge_fields(NULL, dealers.hold_fields(:custom_fields::jsonb)),
            CASE WHEN :rating::smallint IS NOT NULL
              THEN coalesce(:rated_at::timestamptz, m.moment) END,
            m.moment, m.moment
          FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
          RETURNING %s
          """
              .formatted(each("%1$s"), each("%2$s"), COLUMNS));

  private static final Sql CHANGE_DEALER =
      Sql.of(
          "dealers.change_dealer",
          """
          WITH fields AS MATERIALIZED (SELECT dealers.hold_fields(:custom_fields::jsonb) AS sent),
          held AS MATERIALIZED (SELECT dealers.hold_dealer(:id) AS id, fields.sent FROM fields)
          UPDATE dealers.dealers d SET
            %s,
            custom_fields = dealers.merge_fields(d.custom_fields, held.sent),
            rated_at = CASE
              WHEN 'rating' = ANY (:columns)
                AND coalesce(:rating::smallint, d.rating) IS NOT NULL
              THEN coalesce(:rated_at::timestamptz,
                date_trunc('milliseconds', clock_timestamp()))
              ELSE d.rated_at END,
            version = d.version + 1,
            updated_at = greatest(d.updated_at, date_trunc('milliseconds', clock_timestamp()))
          FROM held
          WHERE d.id = held.id AND (:version::bigint IS NULL OR d.version = :version::bigint)
          RETURNING %s
          """
              .formatted(
                  each("%1$s = CASE WHEN '%1$s' = ANY (:columns) THEN %2$s ELSE d.%1$s END"),
                  COLUMNS));

  private static final Sql DELETE_DEALER =
      Sql.of(
          "dealers.delete_dealer",
          """
          WITH held AS MATERIALIZED (SELECT dealers.hold_dealer(:id) AS id)
          DELETE FROM dealers.dealers d USING held
          WHERE d.id = held.id AND (:version::bigint IS NULL OR d.version = :version::bigint)
          RETURNING %s
          """
              .formatted(COLUMNS));

  private DealerQueries() {}

  static Optional<Dealer> find(SqlReader sql, UUID id) {
    return sql.find(FIND_DEALER.with("id", id), DealerQueries::dealer);
  }

  static List<Dealer> find(SqlReader sql, Collection<UUID> ids) {
    return sql.list(FIND_DEALERS.with("ids", ids.toArray(UUID[]::new)), DealerQueries::dealer);
  }

  /// The dealer with its notes, and nothing else yet.
  static Optional<DealerDetail> noted(SqlReader sql, UUID id) {
    List<Noted> rows =
        sql.list(
            FIND_DETAIL.with("id", id, "most", DealerDetail.NOTES_MAX + 1),
            row -> new Noted(dealer(row), note(row)));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Note> notes =
        rows.stream().flatMap(r -> r.note().stream()).limit(DealerDetail.NOTES_MAX).toList();
    boolean more = rows.size() > DealerDetail.NOTES_MAX;
    return Optional.of(new DealerDetail(rows.getFirst().dealer(), notes, more, Kept.NOTHING));
  }

  /// @param ratedAt when its rating was given; null: now
  static Dealer add(
      SqlWriter sql, UUID companyId, UUID id, Change<Dealer> whole, @Nullable Instant ratedAt) {
    List<@Nullable Object> values = values(whole);
    values.addAll(Arrays.asList("company_id", companyId, "id", id, "rated_at", ratedAt));
    return sql.returning(ADD_DEALER.with(values.toArray()), DealerQueries::dealer).getFirst();
  }

  /// The changed dealer; empty when there is none, or none of `version`.
  static Optional<Dealer> change(
      SqlWriter sql, UUID id, @Nullable Long version, Change<Dealer> change) {
    return change(sql, id, version, change, null);
  }

  /// Rates a dealer as of `ratedAt`; nothing where there is none.
  static void rate(SqlWriter sql, UUID id, int rating, Instant ratedAt) {
    change(sql, id, null, Change.of(DealerField.RATING, rating), ratedAt);
  }

  private static Optional<Dealer> change(
      SqlWriter sql,
      UUID id,
      @Nullable Long version,
      Change<Dealer> change,
      @Nullable Instant ratedAt) {
    List<@Nullable Object> values = values(change);
    values.addAll(Arrays.asList("id", id, "version", version, "columns", change.columns()));
    values.addAll(Arrays.asList("rated_at", ratedAt));
    return sql.returning(CHANGE_DEALER.with(values.toArray()), DealerQueries::dealer).stream()
        .findFirst();
  }

  /// The deleted dealer; empty when there is none, or none of `version`.
  static Optional<Dealer> delete(SqlWriter sql, UUID id, @Nullable Long version) {
    return sql
        .returning(DELETE_DEALER.with("id", id, "version", version), DealerQueries::dealer)
        .stream()
        .findFirst();
  }

  /// Reads the columns of [#COLUMNS].
  static Dealer dealer(Row row) {
    return new Dealer(
        row.uuid("id"),
        row.uuid("company_id"),
        row.text("company_name"),
        row.textOrNull("contact_name"),
        row.textOrNull("email"),
        row.textOrNull("phone"),
        row.textOrNull("city"),
        row.textOrNull("state"),
        row.textOrNull("zip"),
        row.textOrNull("country"),
        row.textOrNull("address"),
        row.textOrNull("buying_group"),
        row.text("status"),
        row.integerOrNull("rating"),
        row.textOrNull("notes"),
        Objects.requireNonNullElse(row.textOrNull("custom_fields"), "{}"),
        row.bigint("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private record Noted(Dealer dealer, Optional<Note> note) {}

  private static Optional<Note> note(Row row) {
    UUID id = row.uuidOrNull("note_id");
    return id == null
        ? Optional.empty()
        : Optional.of(
            new Note(
                id,
                row.uuid("id"),
                row.uuidOrNull("note_author_id"),
                row.text("note_content"),
                row.bigint("note_version"),
                row.instant("note_created_at"),
                row.instant("note_updated_at")));
  }

  private static List<@Nullable Object> values(Change<Dealer> change) {
    List<@Nullable Object> values = new ArrayList<>();
    for (DealerField field : DealerField.values()) {
      values.add(field.column());
      values.add(change.get(field));
    }
    values.add("custom_fields");
    values.add(change.get(OwnFields.CUSTOM_FIELDS));
    return values;
  }

  // A null is sent as text, which fits every column but this one.
  private static String parameter(DealerField field) {
    return ":" + field.column() + (field == DealerField.RATING ? "::smallint" : "");
  }

  /// For each field `pattern` with its column and its parameter.
  private static String each(String pattern) {
    return Arrays.stream(DealerField.values())
        .map(field -> pattern.formatted(field.column(), parameter(field)))
        .collect(Collectors.joining(",\n  "));
  }
}
