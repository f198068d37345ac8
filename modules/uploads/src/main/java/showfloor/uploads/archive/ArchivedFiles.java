package showfloor.uploads.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.Sql;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Problem;
import showfloor.uploads.files.FileBytes;
import showfloor.uploads.files.FileKind;
import showfloor.uploads.files.FileQueries;
import showfloor.uploads.files.FileType;
import showfloor.uploads.files.StoredFile;
import showfloor.uploads.reading.Downloads;

/// The files of a company in its archive.
public final class ArchivedFiles implements ArchiveFiles {
  private static final Sql LIST_FILES =
      Sql.of(
          "uploads.archive_files",
          """
          SELECT k.id, k.file_name, k.sha256, (to_jsonb(k) - 'company_id')::text AS line
          FROM uploads.kept_files k
          WHERE (:after::uuid IS NULL OR k.id > :after::uuid)
          ORDER BY k.id
          LIMIT :page_limit
          """);

  private static final String LINE =
      "jsonb_populate_record(NULL::uploads.kept_files, :line::jsonb) r";

  private static final Sql READ_LINE =
      Sql.of(
          "uploads.read_line",
          "SELECT r.id, r.kind, r.mime_type, r.sha256 FROM %s".formatted(LINE));

  /// Not where it is there already; what an earlier try has left of it goes.
  private static final Sql BEGIN_RESTORE =
      Sql.of(
          "uploads.begin_restore",
          """
          INSERT INTO uploads.files (company_id, id, dealer_id)
          SELECT :company_id, r.id, r.dealer_id FROM %s
          WHERE true
          ON CONFLICT DO NOTHING
          """
              .formatted(LINE));

  private static final Sql KEEP_RESTORED =
      Sql.of(
          "uploads.keep_restored",
          """
          UPDATE uploads.files f
          SET kind = r.kind, type = r.type, duration = r.duration, file_name = r.file_name,
            original_name = r.original_name, mime_type = r.mime_type, size = :size,
            sha256 = decode(r.sha256, 'hex'), created_at = r.created_at
          FROM %s
          WHERE f.id = r.id AND f.created_at IS NULL
          """
              .formatted(LINE));

  private final Database database;
  private final FileBytes bytes;
  private final Downloads downloads;

  public ArchivedFiles(Database database, FileBytes bytes, Downloads downloads) {
    this.database = database;
    this.bytes = bytes;
    this.downloads = downloads;
  }

  @Override
  public Page<Kept> list(@Nullable UUID after, int most) {
    return database.page(LIST_FILES, most, ArchivedFiles::kept, "after", after);
  }

  private static Kept kept(Row row) {
    return new Kept(row.uuid("id"), row.text("file_name"), row.text("sha256"), row.text("line"));
  }

  @Override
  public void write(UUID id, OutputStream out) throws IOException {
    Optional<StoredFile> file = FileQueries.find(database, id);
    if (file.isPresent()) {
      downloads.copy(id, 0, file.get().size(), out);
    }
  }

  private record Line(UUID id, FileKind kind, String mimeType, String sha256) {}

  @Override
  public boolean restore(Caller caller, String line, InputStream in) throws IOException {
    Line file = read(line);
    FileQueries.discard(database, file.id());
    try {
      if (database.execute(BEGIN_RESTORE.with("company_id", caller.companyId(), "line", line))
          == 0) {
        return false;
      }
    } catch (DatabaseException.ConstraintViolated e) {
      return false; // its dealer is not there
    }
    long size = store(caller.companyId(), file, in);
    try {
      return database.execute(KEEP_RESTORED.with("line", line, "size", size)) == 1;
    } catch (DatabaseException.ConstraintViolated | DatabaseException.Failed e) {
      throw damaged(file.id());
    }
  }

  private Line read(String line) {
    try {
      return database.one(
          READ_LINE.with("line", line),
          row ->
              new Line(
                  row.uuid("id"),
                  FileKind.of(row.text("kind")),
                  row.text("mime_type"),
                  row.text("sha256")));
    } catch (DatabaseException.Failed | IllegalStateException | IllegalArgumentException e) {
      throw Problem.badRequest("What the archive says of a file is not as this server writes it.");
    }
  }

  /// The bytes must be what the line says: their type decides how they are answered.
  private long store(UUID companyId, Line file, InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = 0;
    byte[] piece = in.readNBytes(FileBytes.PIECE);
    boolean known =
        FileType.of(file.kind(), piece)
            .filter(type -> type.mimeType().equals(file.mimeType()))
            .isPresent();
    for (int number = 0; known && piece.length > 0; number++) {
      digest.update(piece);
      size += piece.length;
      bytes.put(companyId, file.id(), number, piece);
      int length = in.readNBytes(piece, 0, piece.length);
      piece = length == piece.length ? piece : Arrays.copyOf(piece, length);
    }
    if (!known || !HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
      FileQueries.discard(database, file.id());
      throw damaged(file.id());
    }
    return size;
  }

  private static Problem damaged(UUID file) {
    return Problem.badRequest(
        "The bytes of the file %s are not those that the archive tells of.".formatted(file));
  }
}
