package showfloor.reports.archive;

import java.util.HexFormat;

/// The names of an archive's entries.
final class Archives {
  /// The first.
  static final String MANIFEST = "manifest.json";

  static final String TABLES = "tables/";
  static final String ROWS = ".jsonl";
  static final String SHEETS = "csv/";
  static final String FILES = "files/";

  /// What is known of a file stands in front of its bytes.
  static final String KNOWN = ".json";

  /// The last: the hash of each other.
  static final String SUMS = "SHA256SUMS";

  private Archives() {}

  static String ofTable(String table) {
    return TABLES + table + ROWS;
  }

  /// A line of [#SUMS], as `sha256sum -c` reads it.
  static String sum(byte[] sha256, String name) {
    return HexFormat.of().formatHex(sha256) + "  " + name + "\n";
  }
}
