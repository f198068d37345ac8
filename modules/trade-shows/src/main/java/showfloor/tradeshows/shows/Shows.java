package showfloor.tradeshows.shows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.DealerRecords;
import showfloor.dealers.DealerRecords.DealerRecord;
import showfloor.tradeshows.links.Link;

/// The trade shows of a company. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Shows {
  private final Database database;

  Shows(Database database) {
    this.database = database;
  }

  /// How a write of one show ended. A version that is asked for must be the current one.
  sealed interface Written {
    record Done(TradeShow show) implements Written {}

    record Stale(TradeShow current) implements Written {}

    /// It would end before it begins.
    record Backwards() implements Written {}

    record Missing() implements Written {}
  }

  /// A show with its dealers: one statement for the links, one for what they link to.
  Optional<ShowDetail> find(UUID id) {
    return ListQueries.find(database, id).map(this::withDealers);
  }

  private ShowDetail withDealers(ListQueries.Linked show) {
    List<UUID> ids = show.links().stream().map(Link::dealerId).toList();
    Map<UUID, DealerRecord> dealers = ids.isEmpty() ? Map.of() : DealerRecords.find(database, ids);
    List<ShowDetail.Met> met = new ArrayList<>(ids.size());
    for (Link link : show.links()) {
      DealerRecord dealer = dealers.get(link.dealerId());
      // One that was deleted between the two statements took its link along.
      if (dealer != null) {
        met.add(new ShowDetail.Met(link, dealer));
      }
    }
    return new ShowDetail(show.show(), met, show.dealerCount());
  }

  /// Adds a show within the caller's unit of work.
  TradeShow add(SqlWriter sql, UUID companyId, ShowChange whole) {
    return ShowQueries.add(sql, companyId, UuidV7.next(), whole);
  }

  Written change(UUID id, @Nullable Long version, ShowChange change) {
    return written(ShowQueries.change(database, id, version, change), version);
  }

  Written delete(UUID id, @Nullable Long version) {
    return written(ShowQueries.delete(database, id, version), version);
  }

  private static Written written(Optional<ShowQueries.Judged> judged, @Nullable Long version) {
    if (judged.isEmpty()) {
      return new Written.Missing();
    }
    TradeShow show = judged.get().show();
    if (judged.get().done()) {
      return new Written.Done(show);
    }
    boolean stale = version != null && version != show.version();
    return stale ? new Written.Stale(show) : new Written.Backwards();
  }
}
