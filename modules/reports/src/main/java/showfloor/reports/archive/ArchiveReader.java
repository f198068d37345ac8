package showfloor.reports.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import showfloor.dbapi.BoundSql;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;

/// Takes an archive back into an empty company, as it arrives: some lines at a time, each a lease
/// of its own. One that was cut off goes on when the same archive is sent again. Used once, by one
/// thread.
final class ArchiveReader {
  private static final Logger LOG = System.getLogger(ArchiveReader.class.getName());
  private static final Pattern MANIFEST =
      Pattern.compile(
          "\\{\"format\":\"showfloor-archive\",\"version\":1,\"id\":\"([0-9a-f-]{36})\".*\\s*");
  private static final int MANIFEST_MAX = 10_000;

  private final Database database;
  private final ArchiveFiles files;
  private final long fileMax;
  private final Map<String, ArchivePart.Table> tables = new HashMap<>();
  private final Caller caller;
  private final Restored restored = new Restored();

  /// @param fileMax bytes of one of the files
  ArchiveReader(
      Database database, ArchiveFiles files, long fileMax, List<ArchivePart> parts, Caller caller) {
    this.database = database;
    this.files = files;
    this.fileMax = fileMax;
    this.caller = caller;
    for (ArchivePart part : parts) {
      if (part instanceof ArchivePart.Table table) {
        tables.put(Archives.ofTable(table.name()), table);
      }
    }
  }

  /// What is no archive, or not one that this server can read, is a [Problem] that says so.
  Restored read(InputStream body) {
    try {
      Entries entries = new Entries(body);
      UUID archive = archive(entries);
      Restores.begin(database, archive);
      restored.of(archive);
      String known = "";
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        String name = entry.get().name();
        InputStream bytes = entry.get().bytes();
        if (name.startsWith(Archives.TABLES)) {
          rows(archive, name, bytes);
        } else if (name.startsWith(Archives.FILES) && name.endsWith(Archives.KNOWN)) {
          known = text(name, bytes, Limits.ARCHIVE_ROW.value());
        } else if (name.startsWith(Archives.FILES)) {
          restored.file(file(Refusals.printable(name), known, bytes));
          known = "";
        }
      }
      Restores.finish(database, archive);
      return restored;
    } catch (IOException | IllegalArgumentException e) {
      throw Problem.badRequest(
          "The archive is damaged or ends early (%s). Send it whole: it goes on where it stopped."
              .formatted(Optional.ofNullable(e.getMessage()).orElse("no entry")));
    }
  }

  private static UUID archive(Entries entries) throws IOException {
    Optional<Entries.Entry> first = entries.next();
    if (first.isPresent() && first.get().name().equals(Archives.MANIFEST)) {
      Matcher manifest =
          MANIFEST.matcher(text(Archives.MANIFEST, first.get().bytes(), MANIFEST_MAX));
      if (manifest.matches()) {
        return UUID.fromString(manifest.group(1));
      }
    }
    throw Problem.badRequest(
        "The body is no archive of GET /api/reports/export/all: it must be a zip that begins with a"
            + " manifest.json of version 1.");
  }

  /// Whether it was written. One that is not wanted is read all the same, for its hash, and is no
  /// longer than another.
  private boolean file(String name, String known, InputStream bytes) throws IOException {
    AtMost bounded = new AtMost(bytes, fileMax, name);
    boolean written = files.restore(caller, name, known, bounded);
    bounded.transferTo(OutputStream.nullOutputStream());
    return written;
  }

  private void rows(UUID archive, String name, InputStream bytes) throws IOException {
    ArchivePart.Table table = tables.get(name);
    if (table == null) {
      throw Problem.badRequest(
          "This server does not know the entry %s; a newer one wrote the archive."
              .formatted(Refusals.printable(name)));
    }
    if (table.restore().isEmpty()) {
      return;
    }
    Lines lines = new Lines(bytes, name);
    for (List<Lines.Line> some = lines.next(); !some.isEmpty(); some = lines.next()) {
      for (Lines.Line line : some) {
        Refusals.check(name, line, table.members());
      }
      restored.rows(table.name(), some.size(), write(archive, name, table.restore().get(), some));
    }
  }

  /// How many were not there yet. Where one is refused, those before it are written all the same:
  /// so it is found, and named.
  private int write(UUID archive, String entry, Sql restore, List<Lines.Line> lines) {
    try {
      return write(archive, restore, lines);
    } catch (DatabaseException.ConstraintViolated | DatabaseException.Failed e) {
      if (lines.size() > 1) {
        int half = lines.size() / 2;
        return write(archive, entry, restore, lines.subList(0, half))
            + write(archive, entry, restore, lines.subList(half, lines.size()));
      }
      LOG.log(Level.WARNING, "An archive's row was refused", e);
      throw Refusals.line(entry, lines.getFirst().number(), "is not as this server writes it");
    }
  }

  private int write(UUID archive, Sql restore, List<Lines.Line> lines) {
    BoundSql bound =
        restore.with(
            "company_id",
            caller.companyId(),
            "lines",
            lines.stream().map(Lines.Line::text).toArray(String[]::new));
    return database.inTransaction(
        sql -> {
          Restores.step(sql, archive);
          return restore.reads()
              ? sql.one(bound, row -> row.integer("written"))
              : sql.execute(bound);
        });
  }

  private static String text(String entry, InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw Problem.badRequest(
          "The entry %s has more than %d bytes.".formatted(Refusals.printable(entry), most));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
