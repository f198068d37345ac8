package showfloor.dealers.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of a CSV of ours: each cell quoted and safe in spreadsheets.
public final class CsvLine {
  private CsvLine() {}

  /// Appends cells, an empty one for null, and does not end the line.
  public static void append(StringBuilder out, List<? extends @Nullable String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      out.append(i == 0 ? "\"" : ",\"");
      if (cell != null) {
        out.append(CellGuard.guard(cell).replace("\"", "\"\""));
      }
      out.append('"');
    }
  }
}
