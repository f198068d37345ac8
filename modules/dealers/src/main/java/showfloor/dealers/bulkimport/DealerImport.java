package showfloor.dealers.bulkimport;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Problem;

/// Imports rows in three steps. They are staged as they are read, each slice in a short lease of
/// its own, so that a slow client holds no connection. Then each is classified, which is all that a
/// dry run does. Then all of them are applied in the same unit of work, or none.
///
/// Thread-safe; throws [DatabaseException].
final class DealerImport {
  // Rows that are gathered take about as much of the heap as an import is counted for.
  private static final int SLICE = 1_000;
  private static final int SLICE_CHARACTERS = 200_000;
  private static final int REPORT_PAGE = 2_000;
  private static final int OPEN_MAX = 5;

  /// From so many new dealers on, lists would notice that the statistics do not know them yet.
  private static final int MANY = 1_000;

  // No import lives longer than its route's two minutes; the rest is for clocks that differ.
  private static final Duration STALE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final InstantSource clock;

  DealerImport(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Rows in the staging, not yet classified.
  ///
  /// @param atEnd runs what it is given when the request ends, however that ends
  record Staged(
      UUID company,
      UUID id,
      int rows,
      List<ImportQueries.Slice> slices,
      Consumer<Runnable> atEnd) {}

  /// Stages `rows` and lets `work` go on with them. Neither reading `rows` nor `work` is inside of
  /// a lease.
  ///
  /// A process that is killed clears nothing away; so a company may have only so many imports in
  /// the staging at a time, and each first removes what has outlived its time.
  ///
  /// @param atEnd runs what it is given when the request ends, however that ends
  <T> T staged(
      UUID company, Consumer<Runnable> atEnd, Iterator<ImportRow> rows, Function<Staged, T> work) {
    UUID id = UuidV7.next();
    if (ImportQueries.sweep(database, oldest()) >= OPEN_MAX) {
      throw running("%d imports of your company are under way: try again.".formatted(OPEN_MAX));
    }
    atEnd.accept(() -> ImportQueries.discard(database, id));
    List<ImportQueries.Slice> slices = new ArrayList<>();
    int count = 0;
    while (rows.hasNext()) {
      List<ImportRow> slice = next(rows);
      count += slice.size();
      ImportQueries.stage(database, company, id, slice);
      slices.add(new ImportQueries.Slice(slice.getFirst().line(), slice.getLast().line()));
    }
    return work.apply(new Staged(company, id, count, List.copyOf(slices), atEnd));
  }

  /// Classifies and changes nothing. A crash of the database empties the staging: what was staged
  /// before is not there, and must not pass for a file without rows.
  ImportReport.Counts dryRun(SqlWriter sql, Staged staged, ImportMode mode) {
    ImportReport.Counts counts = ImportQueries.classify(sql, staged.id(), mode);
    if (counts.total() != staged.rows()) {
      throw new DatabaseException.Unavailable(
          "%d of %d staged rows are left: the database was restarted during the import"
              .formatted(counts.total(), staged.rows()),
          null);
    }
    return counts;
  }

  /// Classifies and does what that says, within the caller's unit of work. While another import of
  /// the company is at it, a problem 409.
  ImportReport.Counts apply(SqlWriter sql, Staged staged, ImportMode mode) {
    if (!ImportQueries.lock(sql, staged.company())) {
      throw running("Another import of your company is being applied: try again.");
    }
    ImportReport.Counts counts = dryRun(sql, staged, mode);
    int inserted = 0;
    int updated = 0;
    for (ImportQueries.Slice slice : staged.slices()) {
      updated += counts.updated() == 0 ? 0 : ImportQueries.update(sql, staged.id(), slice);
      inserted += ImportQueries.insert(sql, staged.id(), slice);
    }
    if (inserted != counts.inserted() || updated != counts.updated()) {
      throw new DatabaseException.Contended(
          "a dealer was renamed or deleted while it was to be updated", null);
    }
    if (inserted >= MANY) {
      staged.atEnd().accept(() -> ImportQueries.learn(database));
    }
    return counts;
  }

  /// The first `most` rows that are not inserted, after their classification.
  static Page<ImportReport.Line> outcomes(SqlReader sql, Staged staged, int most) {
    List<ImportReport.Line> lines = new ArrayList<>();
    Page<ImportReport.Line> page = new Page<>(lines, true);
    while (page.more() && lines.size() < most) {
      int size = Math.min(REPORT_PAGE, most - lines.size());
      int after = lines.isEmpty() ? 0 : lines.getLast().line();
      page = ImportQueries.outcomes(sql, staged.id(), after, size);
      lines.addAll(page.rows());
    }
    return new Page<>(lines, page.more());
  }

  private static List<ImportRow> next(Iterator<ImportRow> rows) {
    List<ImportRow> slice = new ArrayList<>(SLICE);
    int characters = 0;
    while (slice.size() < SLICE && characters < SLICE_CHARACTERS && rows.hasNext()) {
      ImportRow row = rows.next();
      slice.add(row);
      characters += row.characters();
    }
    return slice;
  }

  private static Problem running(String detail) {
    return Problem.conflict("IMPORT_RUNNING", detail).retryable().retryAfter(PAUSE);
  }

  /// The smallest id of version 7 that an import in progress may have.
  private UUID oldest() {
    return new UUID(clock.instant().minus(STALE).toEpochMilli() << 16, 0);
  }
}
