package showfloor.dealers.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What dealers must have besides a text that is looked for; null asks for nothing.
///
/// @param rating 1 to 5, 0 for dealers without one
/// @param has one of [#HAS]
/// @param show a show where the dealer was met
/// @param group a group that it is in
/// @param product a product that it is interested in
/// @param updatedSince inclusive
public record Filter(
    @Nullable String status,
    @Nullable Integer rating,
    @Nullable String buyingGroup,
    @Nullable String has,
    @Nullable UUID show,
    @Nullable UUID group,
    @Nullable UUID product,
    @Nullable Instant updatedSince) {
  /// Asks for nothing.
  public static final Filter NONE = new Filter(null, null, null, null, null, null, null, null);

  /// What a dealer can be asked to have.
  public static final List<String> HAS = List.of("notes", "photos", "recordings");

  /// Names and values of its parameters, to be followed by others.
  public List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    values.addAll(
        Arrays.asList(
            "status", status,
            "rating", rating,
            "buying_group", buyingGroup,
            "has", has,
            "show_id", show,
            "group_id", group,
            "product_id", product,
            "updated_since", updatedSince));
    return values;
  }
}
