package showfloor.dealers.csv;

/// Keeps spreadsheets from running a cell: one that begins like a formula gets an apostrophe in
/// front, one that begins with apostrophes before such a sign gets one more, so that taking exactly
/// one off gives every cell back as it was.
public final class CellGuard {
  // The signs by which spreadsheets tell a formula (OWASP, CSV injection).
  private static final String FORMULA_SIGNS = "=+-@\t\r";

  private CellGuard() {}

  /// `=1+1` becomes `'=1+1`; harmless text stays.
  public static String guard(String value) {
    return formulaAfterApostrophes(value, 0) ? "'" + value : value;
  }

  /// Undoes [#guard]; text that it did not touch stays.
  public static String unguard(String cell) {
    boolean guarded = cell.startsWith("'") && formulaAfterApostrophes(cell, 1);
    return guarded ? cell.substring(1) : cell;
  }

  private static boolean formulaAfterApostrophes(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\'') {
      at++;
    }
    return at < text.length() && FORMULA_SIGNS.indexOf(text.charAt(at)) >= 0;
  }
}
