package showfloor.dealers.notes;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements over `dealers.notes`. Each that writes a note counts up the version of its dealer,
/// too: a dealer is answered with its notes, and what an ETag stands for must not change behind it.
/// The dealer is held before the note is touched, as in its deletion, and not for long.
final class NoteQueries {
  private static final String HELD =
      "WITH held AS MATERIALIZED (SELECT dealers.hold_dealer(:dealer_id) AS id)";

  /// What follows a change of `note`.
  private static final String COUNTED =
      """
      counted AS (
        UPDATE dealers.dealers d SET version = d.version + 1 FROM note WHERE d.id = note.dealer_id)
      SELECT n.id, n.dealer_id, n.author_id, n.content, n.version, n.created_at, n.updated_at
      FROM note n
      """;

  private static final Sql ADD_NOTE =
      Sql.of(
          "dealers.add_note",
          """
          %s, note AS (
            INSERT INTO dealers.notes AS n (
              company_id, id, dealer_id, author_id, content, created_at, updated_at)
            SELECT d.company_id, :id, d.id, :author_id, :content, m.moment, m.moment
            FROM held JOIN dealers.dealers d ON d.id = held.id
              CROSS JOIN (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
            RETURNING
              n.id, n.dealer_id, n.author_id, n.content, n.version, n.created_at, n.updated_at),
          %s
          """
              .formatted(HELD, COUNTED));

  private static final Sql CHANGE_NOTE =
      Sql.of(
          "dealers.change_note",
          """
          %s, note AS (
            UPDATE dealers.notes n
            SET content = :content, version = n.version + 1,
              updated_at = greatest(n.updated_at, date_trunc('milliseconds', clock_timestamp()))
            FROM held
            WHERE n.id = :id AND n.dealer_id = held.id
              AND (:version::bigint IS NULL OR n.version = :version::bigint)
            RETURNING
              n.id, n.dealer_id, n.author_id, n.content, n.version, n.created_at, n.updated_at),
          %s
          """
              .formatted(HELD, COUNTED));

  private static final Sql DELETE_NOTE =
      Sql.of(
          "dealers.delete_note",
          """
          %s, note AS (
            DELETE FROM dealers.notes n USING held
            WHERE n.id = :id AND n.dealer_id = held.id
              AND (:version::bigint IS NULL OR n.version = :version::bigint)
            RETURNING
              n.id, n.dealer_id, n.author_id, n.content, n.version, n.created_at, n.updated_at),
          %s
          """
              .formatted(HELD, COUNTED));

  private static final Sql FIND_NOTE =
      Sql.of(
          "dealers.find_note",
          """
          SELECT n.id, n.dealer_id, n.author_id, n.content, n.version, n.created_at, n.updated_at
          FROM dealers.notes n
          WHERE n.id = :id AND n.dealer_id = :dealer_id
          """);

  private NoteQueries() {}

  /// The new note; empty when there is no such dealer.
  static Optional<Note> add(SqlWriter sql, UUID dealerId, UUID id, UUID authorId, String content) {
    return first(
        sql.returning(
            ADD_NOTE.with(
                "dealer_id", dealerId, "id", id, "author_id", authorId, "content", content),
            NoteQueries::note));
  }

  /// The changed note; empty when there is none, or none of `version`.
  static Optional<Note> change(
      SqlWriter sql, UUID dealerId, UUID id, @Nullable Long version, String content) {
    return first(
        sql.returning(
            CHANGE_NOTE.with(
                "dealer_id", dealerId, "id", id, "version", version, "content", content),
            NoteQueries::note));
  }

  /// The deleted note; empty when there is none, or none of `version`.
  static Optional<Note> delete(SqlWriter sql, UUID dealerId, UUID id, @Nullable Long version) {
    return first(
        sql.returning(
            DELETE_NOTE.with("dealer_id", dealerId, "id", id, "version", version),
            NoteQueries::note));
  }

  static Optional<Note> find(SqlReader sql, UUID dealerId, UUID id) {
    return sql.find(FIND_NOTE.with("dealer_id", dealerId, "id", id), NoteQueries::note);
  }

  private static Optional<Note> first(List<Note> notes) {
    return notes.stream().findFirst();
  }

  private static Note note(Row row) {
    return new Note(
        row.uuid("id"),
        row.uuid("dealer_id"),
        row.uuidOrNull("author_id"),
        row.text("content"),
        row.bigint("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
