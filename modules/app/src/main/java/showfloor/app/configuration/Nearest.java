package showfloor.app.configuration;

import java.util.Collection;
import java.util.Comparator;

/// Finds the word that somebody probably meant.
public final class Nearest {
  private Nearest() {}

  /// The one of `words`, which is not empty, that takes the fewest edits to reach from `typed`.
  public static String to(String typed, Collection<String> words) {
    return words.stream()
        .min(
            Comparator.<String>comparingInt(word -> edits(typed, word))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /// The Levenshtein distance, computed row by row.
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
