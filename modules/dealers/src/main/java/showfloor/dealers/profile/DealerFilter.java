package showfloor.dealers.profile;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.search.DealerSearch;
import showfloor.httpapi.Cursor;

/// Which dealers of the company a list shows; null asks for nothing.
///
/// @param search words, letters or digits that are looked for, ranked
/// @param rating 1 to 5, 0 for dealers without one
/// @param updatedSince inclusive
record DealerFilter(
    UUID companyId,
    @Nullable String search,
    @Nullable String status,
    @Nullable String buyingGroup,
    @Nullable Integer rating,
    Has has,
    @Nullable Instant updatedSince) {

  /// What a dealer must have.
  enum Has {
    ANYTHING,
    NOTES,
    /// No module keeps photos yet, so no dealer has one.
    PHOTOS,
    /// No module keeps recordings yet, so no dealer has one.
    RECORDINGS;

    /// What the parameter `has` may say.
    static final List<String> PARAMETERS = List.of("notes", "photos", "recordings");

    static Has of(String parameter) {
      return valueOf(parameter.toUpperCase(Locale.ROOT));
    }

    /// Whether no dealer at all can have it.
    boolean none() {
      return this == PHOTOS || this == RECORDINGS;
    }
  }

  /// True where notes are asked for; null where nothing is.
  @Nullable Boolean hasNotes() {
    return has == Has.NOTES ? Boolean.TRUE : null;
  }

  /// What the hits of a search must have besides the text.
  DealerSearch.Filter besides() {
    return new DealerSearch.Filter(status, rating, buyingGroup, hasNotes(), updatedSince);
  }

  /// What a cursor of this list in that order is bound to.
  String cursorHash(String order) {
    return Cursor.filterHash(
        companyId, search, status, buyingGroup, rating, has, updatedSince, order);
  }
}
