package showfloor.tradeshows.links;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.DealerRecords;

/// Which dealers were met at which shows. Each method is part of the caller's unit of work. It
/// holds the dealers, then the show, then writes: in this order everywhere, so that no two wait for
/// each other. Throws [showfloor.dbapi.DatabaseException].
public final class Links {
  private Links() {}

  /// How the linking of one dealer ended.
  sealed interface Linked {
    record Done(Link link) implements Linked {}

    record Already() implements Linked {}

    /// No such dealer, or no such show.
    record Missing() implements Linked {}
  }

  /// How the change of many links ended.
  sealed interface Changed {
    /// @param unchanged dealers that were linked, or were not, as it was wanted
    record Done(long added, long removed, long unchanged) implements Changed {}

    /// No such show, or one of the dealers is none of the company's.
    record Missing() implements Changed {}
  }

  static Linked add(SqlWriter sql, UUID showId, UUID dealerId, UUID userId) {
    if (!DealerRecords.hold(sql, List.of(dealerId))) {
      return new Linked.Missing();
    }
    return LinkQueries.add(sql, showId, dealerId, userId, null)
        .map(added -> added.link().<Linked>map(Linked.Done::new).orElseGet(Linked.Already::new))
        .orElseGet(Linked.Missing::new);
  }

  /// Links a dealer that the unit of work holds already; one that is linked stays as it is.
  ///
  /// @return false when there is no such show
  public static boolean addHeld(
      SqlWriter sql, UUID showId, UUID dealerId, UUID userId, Instant capturedAt) {
    return LinkQueries.add(sql, showId, dealerId, userId, capturedAt).isPresent();
  }

  static Changed change(
      SqlWriter sql, UUID showId, UUID userId, Collection<UUID> add, Collection<UUID> remove) {
    Set<UUID> added = new HashSet<>(add);
    Set<UUID> removed = new HashSet<>(remove);
    Set<UUID> all = new HashSet<>(added);
    all.addAll(removed);
    if (!DealerRecords.hold(sql, all) || !LinkQueries.holdShow(sql, showId)) {
      return new Changed.Missing();
    }
    LinkQueries.Changed done = LinkQueries.change(sql, showId, userId, added, removed);
    return new Changed.Done(
        done.added(), done.removed(), all.size() - done.added() - done.removed());
  }
}
