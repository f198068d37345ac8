package showfloor.uploads.reading;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.uploads.files.FileKind;
import showfloor.uploads.files.FileQueries;
import showfloor.uploads.files.StoredFile;

/// Statements over `uploads.thumbnails`.
final class ThumbnailQueries {
  private static final byte[] NONE = {};

  private static final Sql FIND_WITH_THUMBNAIL =
      Sql.of(
          "uploads.find_with_thumbnail",
          """
          SELECT %s, t.size IS NOT NULL AS tried, coalesce(t.bytes, '') AS thumbnail
          FROM uploads.files f LEFT JOIN uploads.thumbnails t
            ON t.company_id = f.company_id AND t.file_id = f.id AND t.size = :size::int
          WHERE f.id = :id AND f.created_at IS NOT NULL AND (:kind::text IS NULL OR f.kind = :kind)
          """
              .formatted(FileQueries.COLUMNS));

  private static final Sql KEEP_THUMBNAIL =
      Sql.of(
          "uploads.keep_thumbnail",
          """
          INSERT INTO uploads.thumbnails (company_id, file_id, size, bytes)
          SELECT f.company_id, f.id, :size, nullif(:bytes::bytea, '')
          FROM uploads.files f WHERE f.id = :file_id
          FOR KEY SHARE
          ON CONFLICT DO NOTHING
          """);

  private ThumbnailQueries() {}

  /// A file, and what is known of one thumbnail of it.
  ///
  /// @param tried whether it was made, or found that it can't be
  record Found(StoredFile file, boolean tried, Optional<byte[]> thumbnail) {}

  static Optional<Found> find(
      SqlReader sql, Optional<FileKind> kind, UUID id, Optional<Integer> size) {
    @Nullable String word = kind.map(FileKind::word).orElse(null);
    @Nullable Integer wanted = size.orElse(null);
    return sql.find(
        FIND_WITH_THUMBNAIL.with("size", wanted, "id", id, "kind", word), ThumbnailQueries::found);
  }

  /// Keeps a thumbnail, or that there can be none. One that is kept already stays; that of a file
  /// which is being deleted goes with it.
  static void keep(SqlWriter sql, UUID file, int size, Optional<byte[]> thumbnail) {
    sql.execute(
        KEEP_THUMBNAIL.with("size", size, "bytes", thumbnail.orElse(NONE), "file_id", file));
  }

  private static Found found(Row row) {
    Optional<byte[]> thumbnail = Optional.of(row.bytes("thumbnail")).filter(b -> b.length > 0);
    return new Found(FileQueries.file(row), row.bool("tried"), thumbnail);
  }
}
