package showfloor.reports.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Answer.StreamBody;
import showfloor.httpapi.ArchiveFiles;
import showfloor.httpapi.ArchivePart;
import showfloor.httpapi.Json;

/// Writes an archive as its reader takes it: page after page, each a lease of its own that has
/// ended before anything of it is sent. Used once, by one thread.
///
/// What is written meanwhile may be in it or not; a row whose parent is not in it is left out when
/// it is taken back. A file that is deleted meanwhile is left out, or ends early.
final class ArchiveWriter {
  private static final int ROWS = 200;
  private static final int KEPT = 100;

  private final Database database;
  private final ArchiveFiles files;
  private final ZipOutputStream zip;
  private final StringBuilder sums = new StringBuilder();

  ArchiveWriter(Database database, ArchiveFiles files, OutputStream out) {
    this.database = database;
    this.files = files;
    this.zip = new ZipOutputStream(out);
  }

  void write(UUID company, List<ArchivePart> parts) throws IOException {
    entry(Archives.MANIFEST, out -> out.write(manifest(company)));
    for (ArchivePart part : parts) {
      switch (part) {
        case ArchivePart.Table table ->
            entry(Archives.ofTable(table.name()), out -> rows(table, out));
        case ArchivePart.Sheet sheet -> entry(Archives.SHEETS + sheet.name(), sheet.content());
      }
    }
    files();
    entry(Archives.SUMS, out -> out.write(sums.toString().getBytes(StandardCharsets.UTF_8)));
    zip.finish();
  }

  private static byte[] manifest(UUID company) {
    return """
        {"format":"showfloor-archive","version":1,"id":"%s","companyId":"%s","createdAt":"%s"}
        """
        .formatted(UuidV7.next(), company, Json.instant(Instant.now()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private record Line(String key, String text) {}

  private void rows(ArchivePart.Table table, OutputStream out) throws IOException {
    @Nullable String after = null;
    boolean more = true;
    while (more) {
      Page<Line> page =
          database.page(
              table.page(),
              ROWS,
              row -> new Line(row.text("key"), row.text("line")),
              "after",
              after);
      StringBuilder lines = new StringBuilder();
      for (Line line : page.rows()) {
        lines.append(line.text()).append('\n');
        after = line.key();
      }
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      more = page.more();
    }
  }

  /// Each file that is still there once it is its turn: a page of them is sent for minutes.
  private void files() throws IOException {
    @Nullable UUID after = null;
    boolean more = true;
    while (more) {
      Page<ArchiveFiles.Kept> page = files.list(after, KEPT);
      for (ArchiveFiles.Kept file : page.rows()) {
        Optional<StreamBody> bytes = files.bytes(file.id());
        if (bytes.isPresent()) {
          file(file, bytes.get());
        }
        after = file.id();
      }
      more = page.more();
    }
  }

  /// What is known of it, and its bytes, which are compressed already.
  private void file(ArchiveFiles.Kept file, StreamBody bytes) throws IOException {
    String name = Archives.FILES + file.id();
    entry(name + Archives.KNOWN, out -> out.write(file.line().getBytes(StandardCharsets.UTF_8)));
    zip.setLevel(Deflater.NO_COMPRESSION);
    entry(name + "/" + file.name(), bytes);
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
  }

  private void entry(String name, StreamBody content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    // The zip itself goes on after this entry: what stands around it is never closed.
    DigestOutputStream summed = new DigestOutputStream(zip, Sha256.digest());
    content.writeTo(summed);
    zip.closeEntry();
    sums.append(Archives.sum(summed.getMessageDigest().digest(), name));
  }
}
