package showfloor.dealers.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import showfloor.dealers.search.DealerSearch;
import showfloor.dealers.search.DealerSearch.Hit;
import showfloor.dealers.search.Match;

/// What a search found, the best first; equally good ones by their names, then their ids, so that
/// each has a place behind which a page can begin.
record Ranking(List<Hit> hits) {
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparing(Hit::match)
          .thenComparing(Hit::score, Comparator.reverseOrder())
          .thenComparing(Hit::foldedName)
          .thenComparing(Hit::id);

  Ranking {
    hits = hits.stream().sorted(BEST_FIRST).toList();
  }

  /// What a cursor keeps of a place.
  static String[] parts(Hit place) {
    return new String[] {
      place.match().name(),
      Double.toString(place.score()),
      place.foldedName(),
      place.id().toString()
    };
  }

  /// Reads the parts of a cursor; empty when they are no place.
  static Optional<Hit> place(List<String> parts) {
    try {
      double score = Double.parseDouble(parts.get(1));
      Hit hit =
          new Hit(UUID.fromString(parts.get(3)), Match.valueOf(parts.get(0)), score, parts.get(2));
      return score >= 0 && score <= 1 ? Optional.of(hit) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Chooses the hits behind a place.
  static Predicate<Hit> behind(Hit place) {
    return hit -> BEST_FIRST.compare(hit, place) > 0;
  }

  List<UUID> ids() {
    return hits.stream().map(Hit::id).toList();
  }

  Map<UUID, Hit> byId() {
    return hits.stream().collect(Collectors.toMap(Hit::id, hit -> hit));
  }

  /// Whether there may be more dealers to find: misspelt words are not looked up to the end.
  boolean more() {
    return hits.size() >= DealerSearch.HITS_MAX
        || (!hits.isEmpty() && hits.getLast().match() == Match.SIMILAR);
  }
}
