package showfloor.dealers;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.csv.CellGuard;
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

  private DealerCsv() {}

  /// A column of an export.
  ///
  /// @param title what the header says
  /// @param name the column of the view `dealers.leads`
  public record Column(String title, String name) {}

  public static String header(List<String> titles) {
    return String.join(",", titles) + "\n";
  }

  /// Appends a line; a cell that is null is empty.
  public static void append(StringBuilder out, List<@Nullable String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      out.append(i == 0 ? "\"" : ",\"");
      if (cell != null) {
        out.append(CellGuard.guard(cell).replace("\"", "\"\""));
      }
      out.append('"');
    }
    out.append('\n');
  }
}
