package showfloor.dealers.profile;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dealers.search.Filter;
import showfloor.httpapi.Cursor;

/// Which dealers of the company a list shows.
///
/// @param search words, letters or digits that are looked for, ranked; null looks for nothing
record DealerFilter(UUID companyId, @Nullable String search, Filter besides) {

  /// What a cursor of this list in that order is bound to.
  String cursorHash(String order) {
    return Cursor.filterHash(companyId, search, besides, order);
  }
}
