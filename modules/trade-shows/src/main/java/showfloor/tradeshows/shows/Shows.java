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
import showfloor.httpapi.Change;
import showfloor.httpapi.Json;
import showfloor.httpapi.Written;
import showfloor.tradeshows.links.Link;
import showfloor.tradeshows.shows.ShowQueries.Judged;

/// The trade shows of a company. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Shows {
  /// How many dealers are read at a time.
  private static final int SLICE = 500;

  /// Where a show is answered with no further dealers: what they say may be long, and all of it is
  /// in memory until it is sent.
  private static final int BYTES_ENOUGH = 8 << 20;

  private final Database database;

  Shows(Database database) {
    this.database = database;
  }

  /// A show with its dealers: one statement for the links, one for each [#SLICE] that they link to.
  Optional<ShowDetail> find(UUID id) {
    return ListQueries.find(database, id).map(this::withDealers);
  }

  private ShowDetail withDealers(ListQueries.Linked show) {
    List<Link> links = show.links();
    List<ShowDetail.Met> met = new ArrayList<>(links.size());
    int bytes = 0;
    int read = 0;
    while (read < links.size() && bytes < BYTES_ENOUGH) {
      int end = Math.min(read + SLICE, links.size());
      List<ShowDetail.Met> slice = met(links.subList(read, end));
      met.addAll(slice);
      read = end;
      // Nothing comes behind the last slice, so its size is nobody's concern.
      bytes += read < links.size() ? Json.bytes(Json.array(slice)).length : 0;
    }
    return new ShowDetail(show.show(), met, show.dealerCount(), read < show.dealerCount());
  }

  private List<ShowDetail.Met> met(List<Link> links) {
    Map<UUID, DealerRecord> dealers =
        DealerRecords.find(database, links.stream().map(Link::dealerId).toList());
    List<ShowDetail.Met> met = new ArrayList<>(links.size());
    for (Link link : links) {
      DealerRecord dealer = dealers.get(link.dealerId());
      // One that was deleted between the two statements took its link along.
      if (dealer != null) {
        met.add(new ShowDetail.Met(link, dealer));
      }
    }
    return met;
  }

  /// Adds a show within the caller's unit of work.
  TradeShow add(SqlWriter sql, UUID companyId, Change<TradeShow> whole) {
    return ShowQueries.add(sql, companyId, UuidV7.next(), whole);
  }

  /// A problem 400 where the show would end before it begins.
  Written<TradeShow> change(UUID id, @Nullable Long version, Change<TradeShow> change) {
    Optional<Judged> judged = ShowQueries.change(database, id, version, change);
    if (judged.filter(is -> !is.done() && !is.stale(version)).isPresent()) {
      throw ShowDates.refused(change);
    }
    return written(judged);
  }

  Written<TradeShow> delete(UUID id, @Nullable Long version) {
    return written(ShowQueries.delete(database, id, version));
  }

  private static Written<TradeShow> written(Optional<Judged> judged) {
    return judged.map(Judged::written).orElseGet(Written.Missing::new);
  }
}
