package showfloor.dealers.timeline;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.PageRequest;

/// The timelines of dealers. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Timeline {
  private final Database database;

  Timeline(Database database) {
    this.database = database;
  }

  /// A page, the newest first; empty when there is no such dealer.
  Optional<TimelinePage> read(UUID dealerId, PageRequest request) {
    String hash = Cursor.filterHash("timeline", dealerId);
    TimelineQueries.Place before =
        request.cursor().map(c -> place(Cursor.decode(c, hash, 2))).orElse(null);
    Page<Optional<TimelineQueries.Entry>> page =
        TimelineQueries.page(database, dealerId, before, request.limit());
    if (page.rows().isEmpty()) {
      return Optional.empty();
    }
    List<TimelineQueries.Entry> entries = page.rows().stream().flatMap(Optional::stream).toList();
    Optional<String> next =
        page.more()
            ? Optional.of(Cursor.encode(hash, entries.getLast().place().parts()))
            : Optional.empty();
    return Optional.of(new TimelinePage(entries, request.limit(), next));
  }

  private static TimelineQueries.Place place(List<String> parts) {
    try {
      Instant at = Instant.parse(parts.getFirst());
      if (at.isBefore(Instant.EPOCH) || at.isAfter(TimelineQueries.LAST)) {
        throw Cursor.invalid();
      }
      return new TimelineQueries.Place(at, UUID.fromString(parts.getLast()));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw Cursor.invalid();
    }
  }
}
