package showfloor.dealers.bulkimport;

/// Tells UTF-8 among bytes that are being read as Windows-1252, where it would become `Ã©` for `é`
/// without a word.
///
/// Some of its sequences are Windows-1252 that people write (`É®`), so only those count that are no
/// such text: accented Latin letters, typographic signs, and any two in a row. Not thread-safe.
final class Utf8Traces {
  private static final int SIGNS_LEAD = 0xE2;

  private int lead;
  private int missing;
  private int inRow;
  private boolean telling;

  /// Whether the bytes so far, with this one, hold UTF-8 for certain.
  boolean seenWith(byte next) {
    int b = Byte.toUnsignedInt(next);
    if (missing > 0 && b >= 0x80 && b <= 0xBF) {
      telling |= lead == SIGNS_LEAD && b <= 0x84;
      lead = 0;
      missing--;
      inRow += missing == 0 ? 1 : 0;
      return missing == 0 && (telling || inRow > 1);
    }
    begin(b);
    return false;
  }

  private void begin(int b) {
    boolean joined = missing == 0;
    lead = b;
    missing = continuations(b);
    inRow = joined && missing > 0 ? inRow : 0;
    telling = b == 0xC2 || b == 0xC3;
  }

  private static int continuations(int b) {
    if (b >= 0xC2 && b <= 0xDF) {
      return 1;
    }
    if (b >= 0xE0 && b <= 0xEF) {
      return 2;
    }
    return b >= 0xF0 && b <= 0xF4 ? 3 : 0;
  }
}
