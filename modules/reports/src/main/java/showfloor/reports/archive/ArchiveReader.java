package showfloor.reports.archive;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
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
  private static final Pattern ARCHIVE =
      Pattern.compile(
          "\\{\"format\":\"showfloor-archive\",\"version\":1,\"id\":\"([0-9a-f-]{36})\".*\\s*");
  private static final int MANIFEST_MAX = 10_000;
  private static final String ROWS = ".jsonl";
  private static final String KNOWN = ".json";

  private final Database database;
  private final ArchiveFiles files;
  private final Map<String, ArchivePart.Table> tables = new HashMap<>();
  private final Caller caller;
  private final Restored restored = new Restored();

  ArchiveReader(Database database, ArchiveFiles files, List<ArchivePart> parts, Caller caller) {
    this.database = database;
    this.files = files;
    this.caller = caller;
    for (ArchivePart part : parts) {
      if (part instanceof ArchivePart.Table table) {
        tables.put(ArchiveWriter.TABLES + table.name() + ROWS, table);
      }
    }
  }

  /// What is no archive, or not one that this server can read, is a [Problem] that says so.
  Restored read(InputStream body) {
    ZipInputStream zip = new ZipInputStream(body);
    try {
      UUID archive = archive(zip);
      Restores.begin(database, caller.companyId(), archive);
      restored.of(archive);
      String known = "";
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.startsWith(ArchiveWriter.TABLES)) {
          rows(name, zip);
        } else if (name.startsWith(ArchiveWriter.FILES) && name.endsWith(KNOWN)) {
          known = text(zip, Limits.ARCHIVE_ROW.value());
        } else if (name.startsWith(ArchiveWriter.FILES)) {
          restored.file(files.restore(caller, known, zip));
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

  private static UUID archive(ZipInputStream zip) throws IOException {
    ZipEntry first = zip.getNextEntry();
    if (first != null && first.getName().equals(ArchiveWriter.MANIFEST)) {
      Matcher manifest = ARCHIVE.matcher(text(zip, MANIFEST_MAX));
      if (manifest.matches()) {
        return UUID.fromString(manifest.group(1));
      }
    }
    throw Problem.badRequest(
        "The body is no archive of GET /api/reports/export/all: it must be a zip that begins with a"
            + " manifest.json of version 1.");
  }

  private void rows(String name, ZipInputStream zip) throws IOException {
    ArchivePart.Table table = tables.get(name);
    if (table == null) {
      throw Problem.badRequest(
          "This server does not know the entry %s; a newer one wrote the archive."
              .formatted(printable(name)));
    }
    if (table.restore().isEmpty()) {
      return;
    }
    Lines lines = new Lines(zip);
    for (List<String> some = lines.next(); !some.isEmpty(); some = lines.next()) {
      restored.rows(table.name(), some.size(), write(table, some, lines.read()));
    }
  }

  private int write(ArchivePart.Table table, List<String> lines, int read) {
    try {
      return database.execute(
          table
              .restore()
              .orElseThrow()
              .with("company_id", caller.companyId(), "lines", lines.toArray(String[]::new)));
    } catch (DatabaseException.ConstraintViolated | DatabaseException.Failed e) {
      LOG.log(Level.WARNING, "An archive's rows were refused", e);
      throw Problem.badRequest(
          "Lines %d to %d of %s are not as this server writes them."
              .formatted(read - lines.size() + 1, read, table.name()));
    }
  }

  private static String printable(String name) {
    return name.replaceAll("[^a-zA-Z0-9./_-]", "?");
  }

  private static String text(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw Problem.badRequest("The archive has an entry of more than %d bytes.".formatted(most));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
