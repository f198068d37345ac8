package showfloor.dealers.bulkimport;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import showfloor.dealers.csv.CellGuard;
import showfloor.dealers.csv.DealerColumn;
import showfloor.dealers.customfields.CustomColumns;
import showfloor.dealers.customfields.FieldDefinition;
import showfloor.httpapi.Problem;
import showfloor.httpapi.Text;

/// What the first line of a CSV that is not blank says.
///
/// Where it begins with [#REJECTED], the file is of rows that an import did not take, and says so
/// in columns that mean nothing else.
///
/// @param own how many columns at its beginning are those
/// @param width how many cells it has
/// @param columns for each column of ours its places, the best first
/// @param custom the same for the company's own fields
/// @param ignored its other words, fit to be shown
record CsvHeader(
    int own,
    int width,
    Map<DealerColumn, List<Integer>> columns,
    Map<FieldDefinition, List<Integer>> custom,
    List<String> ignored) {
  /// Tells of each row that an import did not take where it stood, and why.
  static final List<String> REJECTED = List.of("line", "code", "reason");

  /// The most characters of which a separator is guessed.
  static final int LENGTH_MAX = 32 * 1024;

  private static final String SEPARATORS = ",;\t";
  private static final int IGNORED_MAX = 50;

  static CsvHeader of(List<String> cells, CustomColumns fields) {
    Map<DealerColumn, Map<Integer, Integer>> ranks = new EnumMap<>(DealerColumn.class);
    Map<FieldDefinition, List<Integer>> custom = new LinkedHashMap<>();
    int own = ownColumns(cells);
    List<String> ignored = new ArrayList<>(cells.subList(0, own));
    for (int place = own; place < cells.size(); place++) {
      String word = CellGuard.unguard(cells.get(place));
      Optional<DealerColumn> column = DealerColumn.find(word);
      Optional<FieldDefinition> field = fields.find(word);
      if (column.isPresent()) {
        int rank = column.get().rank(word).orElseThrow();
        ranks.computeIfAbsent(column.get(), c -> new HashMap<>()).put(place, rank);
      } else if (field.isPresent()) {
        custom.computeIfAbsent(field.get(), f -> new ArrayList<>()).add(place);
      } else if (!word.isBlank() && ignored.size() < IGNORED_MAX) {
        ignored.add(Text.quotable(word.strip()));
      }
    }
    if (!ranks.containsKey(DealerColumn.COMPANY_NAME)) {
      throw Problem.badRequest(
              "The first line has no column for the company's name: call one Company Name.")
          .code("CSV_HEADER");
    }
    Map<DealerColumn, List<Integer>> columns = new EnumMap<>(DealerColumn.class);
    ranks.forEach((column, places) -> columns.put(column, inOrder(places)));
    return new CsvHeader(own, cells.size(), columns, custom, List.copyOf(ignored));
  }

  /// The one of `,`, `;` and tab that stands most often outside of quotes in the first line with
  /// words; the reader is where it was.
  static char separator(Reader reader) throws IOException {
    reader.mark(LENGTH_MAX);
    int[] counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    boolean words = false;
    for (int i = 0; i < LENGTH_MAX; i++) {
      int c = reader.read();
      boolean lineEnds = !quoted && (c == '\n' || c == '\r');
      if (c < 0 || (lineEnds && words)) {
        break;
      }
      quoted ^= c == '"';
      int separator = SEPARATORS.indexOf(c);
      words |= separator < 0 && c != '"' && !Character.isWhitespace(c);
      if (lineEnds) {
        Arrays.fill(counts, 0);
      } else if (separator >= 0 && !quoted) {
        counts[separator]++;
      }
    }
    reader.reset();
    return mostFrequent(counts);
  }

  private static int ownColumns(List<String> cells) {
    int count = Math.min(REJECTED.size(), cells.size());
    return cells.subList(0, count).equals(REJECTED) ? count : 0;
  }

  private static char mostFrequent(int[] counts) {
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return SEPARATORS.charAt(best);
  }

  private static List<Integer> inOrder(Map<Integer, Integer> ranks) {
    return ranks.entrySet().stream()
        .sorted(
            Comparator.comparing(Map.Entry<Integer, Integer>::getValue)
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }
}
