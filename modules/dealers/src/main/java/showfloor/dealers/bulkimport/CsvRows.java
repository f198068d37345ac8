package showfloor.dealers.bulkimport;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.csv.CellGuard;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomColumns;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;

/// The rows of a CSV, read as it comes. Blank lines are passed over; a row that can't become a
/// dealer is a row all the same, with its fault.
///
/// What makes the whole file unreadable is a problem 400 or 413 that names the line, thrown by the
/// call that meets it. Not thread-safe.
final class CsvRows implements Iterator<ImportRow> {
  private static final int COLUMNS_MAX = 500;
  private static final int CELL_MAX = 100_000;
  private static final int ROW_MAX = 1_000_000;

  private final Iterator<CsvRecord> records;
  private final CsvHeader header;
  private final SentCells sentHeader;
  private long lastLine;
  private int count;
  private int sentRows;
  private int sentBytes;
  private @Nullable ImportRow next;

  private CsvRows(Iterator<CsvRecord> records, CustomColumns fields) {
    this.records = records;
    CsvRecord first = filled();
    if (first == null) {
      throw Problem.badRequest("The file is empty.").code("CSV_EMPTY");
    }
    header = CsvHeader.of(first.getFields(), fields);
    sentHeader = sent(first);
    sentBytes = sentHeader.bytes();
    next = read();
  }

  /// Begins to read; the header must hold a column for the company's name.
  @SuppressWarnings("removal") // letters behind a closing quote have no other switch yet
  static CsvRows read(InputStream in, CustomColumns fields) throws IOException {
    Reader reader = new BufferedReader(new CsvDecoder(in));
    char separator = CsvHeader.separator(reader);
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowExtraCharsAfterClosingQuote(true)
            .allowUnclosedQuote(false)
            .maxBufferSize(2 * ROW_MAX)
            .build(
                CsvRecordHandler.builder()
                    .maxFields(COLUMNS_MAX)
                    .maxFieldSize(CELL_MAX)
                    .maxRecordSize(ROW_MAX)
                    .build(),
                reader);
    return new CsvRows(csv.iterator(), fields);
  }

  /// Words of the header that are no column of ours, as a client may see them.
  List<String> ignoredColumns() {
    return header.ignored();
  }

  /// The header as it came.
  SentCells sentHeader() {
    return sentHeader;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public ImportRow next() {
    ImportRow row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    if (++count > Limits.IMPORT_ROWS.value()) {
      throw Problem.of(
              ProblemTypes.PAYLOAD_TOO_LARGE,
              "The file has more than %d rows: split it.".formatted(Limits.IMPORT_ROWS.value()))
          .code("CSV_TOO_MANY_ROWS");
    }
    next = read();
    return row;
  }

  private @Nullable ImportRow read() {
    CsvRecord record = filled();
    if (record == null) {
      return null;
    }
    ImportRow row = row(record);
    return row.fault() == null ? row : withCells(row, record);
  }

  /// As long as the import has room for them.
  private ImportRow withCells(ImportRow failed, CsvRecord record) {
    if (sentRows == Limits.IMPORT_REJECTED.value()) {
      return failed;
    }
    SentCells cells = sent(record);
    if (sentBytes + cells.bytes() > Limits.IMPORT_REJECTED_BYTES.value()) {
      return failed;
    }
    sentRows++;
    sentBytes += cells.bytes();
    return failed.with(cells);
  }

  private SentCells sent(CsvRecord record) {
    List<String> cells = record.getFields();
    return SentCells.of(cells.subList(Math.min(header.own(), cells.size()), cells.size()));
  }

  private @Nullable CsvRecord filled() {
    CsvRecord record = record();
    while (record != null && record.getFields().stream().allMatch(String::isBlank)) {
      record = record();
    }
    return record;
  }

  private ImportRow row(CsvRecord record) {
    int line = Math.toIntExact(record.getStartingLineNumber());
    for (int i = header.width(); i < record.getFieldCount(); i++) {
      if (!record.getField(i).isBlank()) {
        return ImportRow.failed(
            line,
            "TOO_MANY",
            "The row has %d cells, the header %d: is a quote missing?"
                .formatted(record.getFieldCount(), header.width()));
      }
    }
    Map<DealerColumn, String> cells = new EnumMap<>(DealerColumn.class);
    header
        .columns()
        .forEach(
            (column, places) -> cell(record, places).ifPresent(cell -> cells.put(column, cell)));
    List<ImportRow.Custom> custom = new ArrayList<>();
    header
        .custom()
        .forEach(
            (field, places) ->
                cell(record, places)
                    .map(cell -> new ImportRow.Custom(field, field.parsed(cell.strip())))
                    .ifPresent(custom::add));
    return ImportRow.of(line, cells, custom);
  }

  /// The first of its places that is not blank.
  private static Optional<String> cell(CsvRecord record, List<Integer> places) {
    return places.stream()
        .filter(place -> place < record.getFieldCount() && !record.getField(place).isBlank())
        .findFirst()
        .map(place -> CellGuard.unguard(record.getField(place)));
  }

  private @Nullable CsvRecord record() {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord record = records.next();
      lastLine = record.getStartingLineNumber();
      return record;
    } catch (CsvParseException | UncheckedIOException e) {
      throw refusal(e);
    }
  }

  private RuntimeException refusal(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
    }
    if (e instanceof UncheckedIOException) {
      return e;
    }
    return Problem.badRequest(
            ("The row after line %d can't be read: a quote is not closed, a cell has more than %d"
                    + " characters, or there are more than %d columns.")
                .formatted(lastLine, CELL_MAX, COLUMNS_MAX))
        .code("CSV_SYNTAX");
  }
}
