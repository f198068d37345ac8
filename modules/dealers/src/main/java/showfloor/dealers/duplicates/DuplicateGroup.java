package showfloor.dealers.duplicates;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import showfloor.dealers.profile.Dealer;
import showfloor.dealers.search.Reason;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;

/// Dealers that may be one.
///
/// @param place where the list goes on behind it
/// @param size how many they are
/// @param members the oldest of them, at most [#MEMBERS_MAX]
/// @param reasons what all of them have in common
record DuplicateGroup(Place place, int size, List<UUID> members, Set<Reason> reasons) {
  /// The most dealers that are shown of one group.
  static final int MEMBERS_MAX = 20;

  /// A place in the list of groups.
  ///
  /// @param stage which rule found the group, 1 to 4
  record Place(int stage, String key) {}

  /// Reasons that hold, the strongest first.
  static Set<Reason> reasons(boolean exact, boolean email, boolean phone, boolean name) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    if (exact) {
      reasons.add(Reason.EXACT);
    }
    if (email) {
      reasons.add(Reason.SAME_EMAIL);
    }
    if (phone) {
      reasons.add(Reason.SAME_PHONE);
    }
    if (name) {
      reasons.add(Reason.SIMILAR_NAME);
    }
    return reasons;
  }

  /// The group with its dealers; one that was deleted since it was found is left out.
  JsonValue with(Map<UUID, Dealer> dealers) {
    return out -> write(out, members.stream().map(dealers::get).flatMap(Stream::ofNullable));
  }

  private void write(JsonGenerator out, Stream<Dealer> dealers) throws IOException {
    out.writeStartObject();
    Json.array(out, "reasons", List.copyOf(reasons));
    Json.number(out, "size", size);
    Json.array(out, "dealers", dealers.toList());
    out.writeEndObject();
  }
}
