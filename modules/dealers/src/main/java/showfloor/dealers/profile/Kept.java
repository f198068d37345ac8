package showfloor.dealers.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import showfloor.httpapi.Json;

/// What is kept on a dealer beside its notes: by part the objects that the API answers, as
/// PostgreSQL made them.
///
/// @param items up to one more of each part than is answered
record Kept(Map<Part, List<String>> items) {
  static final Kept NOTHING = new Kept(Map.of());

  /// The most of each part that are answered with a dealer.
  static final int MAX = 200;

  /// One list within a dealer.
  enum Part {
    PHOTOS("photos"),
    RECORDINGS("voiceRecordings"),
    TODOS("todos"),
    SHOWS("tradeShows"),
    GROUPS("groups"),
    PRODUCTS("products"),
    BUYING_GROUPS("buyingGroupHistory"),
    CONSENTS("consents");

    private final String member;

    Part(String member) {
      this.member = member;
    }

    String member() {
      return member;
    }

    /// The member that tells whether there are more.
    String truncated() {
      return member + "Truncated";
    }
  }

  void writeMembers(JsonGenerator out) throws IOException {
    for (Part part : Part.values()) {
      List<String> found = items.getOrDefault(part, List.of());
      Json.raw(
          out, part.member(), "[" + String.join(",", found.stream().limit(MAX).toList()) + "]");
      Json.bool(out, part.truncated(), found.size() > MAX);
    }
  }

  /// Tells one state of it from another: nothing of it counts up the dealer's version.
  String state() {
    return items.toString();
  }
}
