package showfloor.dealers.export;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.csv.CellGuard;
import showfloor.dealers.csv.DealerColumn;

/// The text of an export: each cell quoted and safe in spreadsheets, lines ended by a line feed.
final class DealerCsv {
  private DealerCsv() {}

  static String header() {
    return Arrays.stream(DealerColumn.values())
        .map(DealerColumn::title)
        .collect(Collectors.joining(",", "", "\n"));
  }

  static void append(StringBuilder out, List<@Nullable String> cells) {
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
