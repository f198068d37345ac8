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

  // No row where it has members that would be lost, or a moment that nobody could read again.
  private static final Sql READ_LINE =
      Sql.of(
          "uploads.read_line",
          """
          SELECT r.id, r.kind, r.mime_type, r.sha256 FROM %s
          WHERE :line::jsonb - '{id, dealer_id, kind, type, duration, file_name, original_name,
            mime_type, size, sha256, created_at}'::text[] = '{}'
            AND r.created_at BETWEEN '0001-01-01' AND '9999-01-01'
          """
              .formatted(LINE));

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
          SET kind = r.kind, type = r.type, duration = r.duration, file_name = :file_name,
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
  public boolean restore(Caller caller, String entry, String line, InputStream in)
      throws IOException {
    Line file = read(entry, line);
    FileQueries.discard(database, file.id());
    if (!begin(caller, line)) {
      return false;
    }
    boolean kept = false;
    try {
      kept = keep(line, file, store(caller.companyId(), file, in));
    } catch (DatabaseException.ConstraintViolated | DatabaseException.Failed e) {
      throw notOurs(entry);
    } finally {
      if (!kept) {
        FileQueries.discard(database, file.id());
      }
    }
    if (!kept) {
      throw Problem.badRequest(
          "The bytes of %s are not those that the archive tells of.".formatted(entry));
    }
    return true;
  }

  private Line read(String entry, String line) {
    try {
      return database
          .find(
              READ_LINE.with("line", line),
              row ->
                  new Line(
                      row.uuid("id"),
                      FileKind.of(row.text("kind")),
                      row.text("mime_type"),
                      row.text("sha256")))
          .orElseThrow(() -> notOurs(entry));
    } catch (DatabaseException.Failed | IllegalStateException | IllegalArgumentException e) {
      throw notOurs(entry);
    }
  }

  private boolean begin(Caller caller, String line) {
    try {
      return database.execute(BEGIN_RESTORE.with("company_id", caller.companyId(), "line", line))
          == 1;
    } catch (DatabaseException.ConstraintViolated e) {
      return false; // its dealer is not there
    }
  }

  private record Stored(FileType type, long size) {}

  /// The bytes must be what the line says: their type decides how they are answered. Empty where
  /// they are not.
  private Optional<Stored> store(UUID companyId, Line file, InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = 0;
    byte[] piece = in.readNBytes(FileBytes.PIECE);
    Optional<FileType> type =
        FileType.of(file.kind(), piece).filter(found -> found.mimeType().equals(file.mimeType()));
    for (int number = 0; type.isPresent() && piece.length > 0; number++) {
      digest.update(piece);
      size += piece.length;
      bytes.put(companyId, file.id(), number, piece);
      int length = in.readNBytes(piece, 0, piece.length);
      piece = length == piece.length ? piece : Arrays.copyOf(piece, length);
    }
    long read = size;
    return type.filter(_ -> HexFormat.of().formatHex(digest.digest()).equals(file.sha256()))
        .map(found -> new Stored(found, read));
  }

  /// Its name is made as that of a file which is sent, whatever the line says.
  private boolean keep(String line, Line file, Optional<Stored> stored) {
    return stored.isPresent()
        && database.execute(
                KEEP_RESTORED.with(
                    "line", line,
                    "size", stored.get().size(),
                    "file_name", stored.get().type().nameOf(file.id())))
            == 1;
  }

  private static Problem notOurs(String entry) {
    return Problem.badRequest(
        "What the archive says of %s is not as this server writes it.".formatted(entry));
  }
}
