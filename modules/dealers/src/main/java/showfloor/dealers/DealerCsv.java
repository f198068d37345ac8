package showfloor.dealers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dealers.csv.CsvLine;
import showfloor.dealers.csv.DealerColumn;

/// The text of every export of dealers: a bare header, each cell quoted and safe in spreadsheets,
/// lines ended by a line feed.
public final class DealerCsv {
  /// What tells who a dealer is and how it stands, in the order of each export.
  public static final List<Column> PROFILE =
      Arrays.stream(DealerColumn.values())
          .filter(column -> column.compareTo(DealerColumn.CREATED_AT) < 0)
          .map(column -> new Column(column.title(), column.column()))
          .toList();

  private static final int PAGE = 1_000;
  private static final int LINE_USUAL = 256;

  private DealerCsv() {}

  /// A column of an export.
  ///
  /// @param title what the header says
  /// @param name the column of the view `dealers.leads`
  public record Column(String title, String name) {}

  /// Where a line stands in an export: the latest moment first, then the greatest id.
  public record Place(Instant at, UUID dealerId) {
    private static final Place FIRST =
        new Place(Instant.parse("9999-12-31T23:59:59.999999Z"), new UUID(-1, -1));
  }

  /// A line cell by cell, in the order of the titles; an empty one is null.
  public record Line(Place place, List<@Nullable String> cells) {}

  /// What an export reads, part by part.
  @FunctionalInterface
  public interface Lines {
    /// Those behind a place, at most `size`.
    Page<Line> behind(Place place, int size);
  }

  /// The first line.
  public static String header(List<String> titles) {
    return String.join(",", titles) + "\n";
  }

  /// Writes a whole export. Each page is a lease of its own, and written after it: a slow client
  /// holds no connection.
  public static void write(OutputStream out, List<String> titles, Lines lines) throws IOException {
    out.write(header(titles).getBytes(StandardCharsets.UTF_8));
    Part part = new Part(new byte[0], Place.FIRST, true);
    while (part.more) {
      part = next(lines, part.last);
      out.write(part.text);
    }
  }

  /// A page as text: a slow client makes us hold what it has not read yet, and rows take many times
  /// as much.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(byte[] text, Place last, boolean more) {}

  private static Part next(Lines lines, Place place) {
    Page<Line> page = lines.behind(place, PAGE);
    StringBuilder text = new StringBuilder(PAGE * LINE_USUAL);
    for (Line line : page.rows()) {
      CsvLine.append(text, line.cells());
      text.append('\n');
    }
    Place last = page.rows().isEmpty() ? place : page.rows().getLast().place();
    return new Part(text.toString().getBytes(StandardCharsets.UTF_8), last, page.more());
  }
}
