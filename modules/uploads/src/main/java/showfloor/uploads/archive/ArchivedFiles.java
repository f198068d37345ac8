package showfloor.uploads.archive;

import java.io.IOException;
import java.io.InputStream;
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
import showfloor.httpapi.Answer.StreamBody;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Problem;
import showfloor.uploads.files.FileBytes;
import showfloor.uploads.files.FileKind;
import showfloor.uploads.files.FileQueries;
import showfloor.uploads.files.FileType;
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
          SELECT r.id, r.kind, r.mime_type, r.size, r.sha256 FROM %s
          WHERE :line::jsonb - '{id, dealer_id, kind, type, duration, file_name, original_name,
            mime_type, size, sha256, created_at, actor_id, request_id}'::text[] = '{}'
            AND r.size > 0
            AND r.created_at BETWEEN '0001-01-01' AND '9999-01-01'
          """
              .formatted(LINE));

  /// Not where it is there already; what an earlier try has left of it goes.
  private static final Sql BEGIN_RESTORE =
      Sql.of(
          "uploads.begin_restore",
          """
          INSERT INTO uploads.files (company_id, id, dealer_id, actor_id, request_id)
          SELECT :company_id, r.id, r.dealer_id, r.actor_id, r.request_id FROM %s
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
            original_name = r.original_name, mime_type = r.mime_type, size = r.size,
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
  public Optional<StreamBody> bytes(UUID id) {
    return FileQueries.find(database, id)
        .map(file -> out -> downloads.copyUntilGone(id, 0, file.size(), out));
  }

  private record Line(UUID id, FileKind kind, String mimeType, long size, String sha256) {}

  @Override
  public boolean restore(Caller caller, String entry, String line, InputStream in)
      throws IOException {
    Line file = read(entry, line);
    FileQueries.discard(database, file.id());
    if (!begin(caller, line)) {
      return false;
    }
    Came came = Came.OTHER;
    try {
      came = keep(line, file, store(caller.companyId(), file, in));
    } catch (DatabaseException.ConstraintViolated | DatabaseException.Failed e) {
      throw notOurs(entry);
    } finally {
      if (came != Came.WHOLE) {
        FileQueries.discard(database, file.id());
      }
    }
    return switch (came) {
      case WHOLE -> true;
      case CUT_OFF -> false;
      case OTHER ->
          throw Problem.badRequest(
              "The bytes of %s are not those that the archive tells of.".formatted(entry));
    };
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
                      row.bigint("size"),
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

  /// What the bytes are, beside what the line says of them.
  private enum Came {
    WHOLE,
    /// A beginning, or nothing: the file was deleted while the archive was made.
    CUT_OFF,
    OTHER
  }

  /// The bytes must be what the line says: their type decides how they are answered. No more of
  /// them is read than it says.
  private Came store(UUID companyId, Line file, InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = 0;
    byte[] piece = in.readNBytes(FileBytes.PIECE);
    if (piece.length > 0 && !isOfItsType(file, piece)) {
      return Came.OTHER;
    }
    for (int number = 0; piece.length > 0; number++) {
      digest.update(piece);
      size += piece.length;
      if (size > file.size()) {
        return Came.OTHER;
      }
      bytes.put(companyId, file.id(), number, piece);
      int length = in.readNBytes(piece, 0, piece.length);
      piece = length == piece.length ? piece : Arrays.copyOf(piece, length);
    }
    boolean told = HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
    if (size < file.size()) {
      return told ? Came.OTHER : Came.CUT_OFF; // whole, and the line says that it is longer
    }
    return told ? Came.WHOLE : Came.OTHER;
  }

  private static boolean isOfItsType(Line file, byte[] start) {
    return FileType.of(file.kind(), start)
        .filter(found -> found.mimeType().equals(file.mimeType()))
        .isPresent();
  }

  /// Its name is made as that of a file which is sent, whatever the line says.
  private Came keep(String line, Line file, Came came) {
    if (came != Came.WHOLE) {
      return came;
    }
    String name = FileType.ofMimeType(file.mimeType()).nameOf(file.id());
    return database.execute(KEEP_RESTORED.with("line", line, "file_name", name)) == 1
        ? Came.WHOLE
        : Came.OTHER;
  }

  private static Problem notOurs(String entry) {
    return Problem.badRequest(
        "What the archive says of %s is not as this server writes it.".formatted(entry));
  }
}
