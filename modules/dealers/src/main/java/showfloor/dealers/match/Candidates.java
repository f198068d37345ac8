package showfloor.dealers.match;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import showfloor.dealers.profile.Dealer;
import showfloor.dealers.search.DealerSearch;
import showfloor.dealers.search.Reason;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// Dealers that may be the one on a card, gathered reason by reason.
///
/// Each reason alone leaves a doubt; a dealer's score is one less the product of its doubts. Not
/// thread-safe.
final class Candidates {
  private static final int MOST = 10;

  private final Map<UUID, Candidate> found = new LinkedHashMap<>();

  private static final class Candidate {
    private final UUID id;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private double doubt = 1;

    private Candidate(UUID id) {
      this.id = id;
    }

    private double score() {
      return Math.round((1 - doubt) * 1_000) / 1_000.0;
    }
  }

  void add(List<MatchQueries.Keyed> keyed) {
    for (MatchQueries.Keyed key : keyed) {
      add(key.id(), key.reason(), key.reason() == Reason.SAME_EMAIL ? 0.05 : 0.15);
    }
  }

  /// Adds what a search found for one of the names of the card, the first of which counts most.
  void add(DealerSearch.OfText found) {
    DealerSearch.Hit hit = found.hit();
    double trust =
        switch (hit.match()) {
          case NAME -> 0.85;
          case PREFIX -> 0.6 + 0.2 * hit.score();
          case WORDS -> 0.45 + 0.2 * hit.score();
          case PHONE -> 0.4;
          case INITIALS -> 0.3;
          case INSIDE -> 0.25;
          case SIMILAR -> 0.2 + 0.4 * hit.score();
        };
    add(hit.id(), Reason.of(hit.match()), 1 - trust * (found.place() == 0 ? 1 : 0.7));
  }

  /// One reason is counted once, though two lines have it.
  private void add(UUID id, Reason reason, double doubt) {
    Candidate candidate = found.computeIfAbsent(id, Candidate::new);
    if (candidate.reasons.add(reason)) {
      candidate.doubt *= doubt;
    }
  }

  /// The ids of the best.
  List<UUID> best() {
    return ranked().map(candidate -> candidate.id).toList();
  }

  /// The best with their dealers; one that was deleted meanwhile is left out.
  List<JsonValue> with(Map<UUID, Dealer> dealers) {
    List<JsonValue> values = new ArrayList<>();
    ranked()
        .forEach(
            candidate -> {
              Dealer dealer = dealers.get(candidate.id);
              if (dealer != null) {
                values.add(out -> write(out, candidate, dealer));
              }
            });
    return values;
  }

  private Stream<Candidate> ranked() {
    return found.values().stream()
        .sorted(
            Comparator.comparingDouble(Candidate::score)
                .reversed()
                .thenComparing(candidate -> candidate.id))
        .limit(MOST);
  }

  private static void write(JsonGenerator out, Candidate candidate, Dealer dealer)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("score", candidate.score());
    Json.array(out, "reasons", List.copyOf(candidate.reasons));
    Json.value(out, "dealer", dealer);
    out.writeEndObject();
  }
}
