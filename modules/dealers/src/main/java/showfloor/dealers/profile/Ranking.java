package showfloor.dealers.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a search found, the best first.
record Ranking(List<Hit> hits) {
  /// The most dealers that one search finds.
  static final int HITS_MAX = 1_000;

  /// What a rank is called in answers, from rank 1 on.
  private static final List<String> NAMES =
      List.of("name", "prefix", "words", "phone", "initials", "inside", "typo");

  Ranking {
    hits = hits.stream().sorted(Hit.BEST_FIRST).toList();
  }

  /// One dealer that was found.
  ///
  /// @param rank the rule that found it, from 1; lower is better
  /// @param score 0 to 1, the better the higher among hits of one rank
  record Hit(int rank, double score, UUID id) {
    private static final Comparator<Hit> BEST_FIRST =
        Comparator.comparingInt(Hit::rank)
            .thenComparing(Hit::score, Comparator.reverseOrder())
            .thenComparing(Hit::id);

    /// What a cursor keeps of it.
    String[] parts() {
      return new String[] {Integer.toString(rank), Double.toString(score), id.toString()};
    }

    /// Reads the parts of a cursor; empty when they are none.
    static Optional<Hit> parse(List<String> parts) {
      try {
        return Optional.of(
            new Hit(
                Integer.parseInt(parts.get(0)),
                Double.parseDouble(parts.get(1)),
                UUID.fromString(parts.get(2))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /// Chooses the hits behind a place.
  static Predicate<Hit> behind(Hit place) {
    return hit -> Hit.BEST_FIRST.compare(hit, place) > 0;
  }

  List<UUID> ids() {
    return hits.stream().map(Hit::id).toList();
  }

  Map<UUID, DealerListing.Match> matches() {
    return hits.stream()
        .collect(
            Collectors.toMap(
                Hit::id, hit -> new DealerListing.Match(NAMES.get(hit.rank() - 1), hit.score())));
  }

  /// Whether there may be more dealers to find.
  boolean full() {
    return hits.size() >= HITS_MAX;
  }
}
