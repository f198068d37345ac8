package showfloor.dealers.bulkimport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import showfloor.dealers.csv.CellGuard;
import showfloor.dealers.csv.CsvLine;

/// Cells as a file had them: a line of a CSV of ours, in base64, because a statement takes no NUL
/// in a text.
///
/// An import reads the line as it read the cells.
record SentCells(String base64) {

  /// @param cells guarded against spreadsheets or not
  static SentCells of(List<String> cells) {
    StringBuilder line = new StringBuilder();
    CsvLine.append(line, cells.stream().map(CellGuard::unguard).toList());
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    return new SentCells(Base64.getEncoder().encodeToString(bytes));
  }

  /// How much of the database it takes.
  int bytes() {
    return base64.length() / 4 * 3;
  }
}
