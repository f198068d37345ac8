package showfloor.uploads.files;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements over `uploads.files`. What is still on its way in is seen by none that reads.
public final class FileQueries {
  /// The columns of [#file].
  public static final String COLUMNS =
      """
      f.id, f.dealer_id, f.kind, f.type, f.duration, f.file_name, f.original_name, f.mime_type,
        f.size, encode(f.sha256, 'hex') AS sha256, f.created_at\
      """;

  private static final Sql BEGIN_FILE =
      Sql.of(
          "uploads.begin_file",
          """
          INSERT INTO uploads.files (company_id, id, dealer_id)
          VALUES (:company_id, :id, :dealer_id::uuid)
          """);

  private static final Sql KEEP_FILE =
      Sql.of(
          "uploads.keep_file",
          """
          UPDATE uploads.files f
          SET dealer_id = :dealer_id, kind = :kind, type = :type, duration = :duration::int,
            file_name = :file_name, original_name = :original_name, mime_type = :mime_type,
            size = :size, sha256 = decode(:sha256, 'hex'),
            created_at = date_trunc('milliseconds', clock_timestamp())
          WHERE f.id = :id AND f.created_at IS NULL
          RETURNING %s
          """
              .formatted(COLUMNS));

  private static final Sql DISCARD_FILE =
      Sql.of(
          "uploads.discard_file",
          "DELETE FROM uploads.files f WHERE f.id = :id AND f.created_at IS NULL");

  private static final Sql FIND_FILE =
      Sql.of(
          "uploads.find_file",
          """
          SELECT %s FROM uploads.files f
          WHERE f.id = :id AND f.created_at IS NOT NULL AND (:kind::text IS NULL OR f.kind = :kind)
          """
              .formatted(COLUMNS));

  private static final Sql DELETE_FILE =
      Sql.of(
          "uploads.delete_file",
          """
          DELETE FROM uploads.files f
          WHERE f.id = :id AND f.kind = :kind AND f.created_at IS NOT NULL
          """);

  private FileQueries() {}

  /// Makes room for a file that is about to be sent.
  static void begin(SqlWriter sql, UUID companyId, UUID id, @Nullable UUID dealerId) {
    sql.execute(BEGIN_FILE.with("company_id", companyId, "id", id, "dealer_id", dealerId));
  }

  /// The file as it is kept from now on; empty when it is gone, with its dealer or by the sweep.
  static Optional<StoredFile> keep(SqlWriter sql, UUID id, UUID dealerId, Sent sent) {
    return sql
        .returning(
            KEEP_FILE.with(
                "id", id,
                "dealer_id", dealerId,
                "kind", sent.kind().word(),
                "type", sent.details().type(),
                "duration", sent.details().duration(),
                "file_name", sent.fileType().nameOf(id),
                "original_name", sent.originalName(),
                "mime_type", sent.fileType().mimeType(),
                "size", sent.size(),
                "sha256", sent.sha256()),
            FileQueries::file)
        .stream()
        .findFirst();
  }

  /// Removes a file that is not kept.
  public static void discard(SqlWriter sql, UUID id) {
    sql.execute(DISCARD_FILE.with("id", id));
  }

  /// A file of any kind.
  public static Optional<StoredFile> find(SqlReader sql, UUID id) {
    return sql.find(FIND_FILE.with("id", id, "kind", null), FileQueries::file);
  }

  static Optional<StoredFile> find(SqlReader sql, FileKind kind, UUID id) {
    return sql.find(FIND_FILE.with("id", id, "kind", kind.word()), FileQueries::file);
  }

  /// Whether there was one.
  static boolean delete(SqlWriter sql, FileKind kind, UUID id) {
    return sql.execute(DELETE_FILE.with("id", id, "kind", kind.word())) == 1;
  }

  /// A row of [#COLUMNS].
  public static StoredFile file(Row row) {
    return new StoredFile(
        row.uuid("id"),
        row.uuid("dealer_id"),
        FileKind.of(row.text("kind")),
        row.textOrNull("type"),
        row.integerOrNull("duration"),
        row.text("file_name"),
        row.text("original_name"),
        FileType.ofMimeType(row.text("mime_type")),
        row.bigint("size"),
        row.text("sha256"),
        row.instant("created_at"));
  }
}
