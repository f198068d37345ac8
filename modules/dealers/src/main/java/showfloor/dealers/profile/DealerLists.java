package showfloor.dealers.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dealers.search.DealerSearch;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Pagination;
import showfloor.httpapi.Totals;

/// Lists of dealers, at most two statements each. A cursor of another list is a problem 400.
/// Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class DealerLists {
  private static final String BEST_FIRST = "best first";

  private final Database database;
  private final Totals<DealerFilter> totals = new Totals<>();

  DealerLists(Database database) {
    this.database = database;
  }

  /// A page of the dealers of a filter.
  ///
  /// @param order null: the best hits of a search first, else the newest dealers
  DealerListing list(DealerFilter filter, @Nullable DealerOrder order, PageRequest request) {
    String search = filter.search();
    if (search == null) {
      return all(filter, order == null ? DealerOrder.NEWEST : order, request);
    }
    Ranking ranking = new Ranking(DealerSearch.hits(database, search, filter.besides()));
    return order == null ? best(filter, ranking, request) : found(filter, ranking, order, request);
  }

  private DealerListing all(DealerFilter filter, DealerOrder order, PageRequest request) {
    Page<DealerListing.Row> page = page(filter, order, null, request);
    Optional<String> next = next(filter, order, page);
    return new DealerListing(
        page.rows(), totals.pagination(filter, request, page, next, most -> count(filter, most)));
  }

  private DealerListing found(
      DealerFilter filter, Ranking ranking, DealerOrder order, PageRequest request) {
    Page<DealerListing.Row> page = page(filter, order, ranking.ids(), request);
    var hits = ranking.byId();
    return new DealerListing(
        page.rows().stream().map(row -> row.found(hits)).toList(),
        pagination(ranking, request, next(filter, order, page)));
  }

  private DealerListing best(DealerFilter filter, Ranking ranking, PageRequest request) {
    String hash = filter.cursorHash(BEST_FIRST);
    List<DealerSearch.Hit> hits =
        ranking.hits().stream()
            .filter(request.cursor().map(c -> Ranking.behind(hit(c, hash))).orElse(any -> true))
            .skip(request.offset())
            .limit(request.limit() + 1)
            .toList();
    boolean more = hits.size() > request.limit();
    List<DealerSearch.Hit> shown = more ? hits.subList(0, request.limit()) : hits;
    Optional<String> next =
        more ? Optional.of(Cursor.encode(hash, Ranking.parts(shown.getLast()))) : Optional.empty();
    return new DealerListing(rows(filter, new Ranking(shown)), pagination(ranking, request, next));
  }

  private List<DealerListing.Row> rows(DealerFilter filter, Ranking shown) {
    List<UUID> ids = shown.ids();
    if (ids.isEmpty()) {
      return List.of();
    }
    var hits = shown.byId();
    var part = new ListQueries.Part(ids, null, ids.size(), 0);
    return ListQueries.list(database, filter, DealerOrder.NEWEST, part).rows().stream()
        .map(row -> row.found(hits))
        .sorted(Comparator.comparingInt(row -> ids.indexOf(row.dealer().id())))
        .toList();
  }

  private Page<DealerListing.Row> page(
      DealerFilter filter, DealerOrder order, @Nullable List<UUID> ids, PageRequest request) {
    String hash = filter.cursorHash(order.name());
    DealerOrder.Place after = request.cursor().map(c -> place(c, hash, order)).orElse(null);
    var part = new ListQueries.Part(ids, after, request.limit(), request.offset());
    return ListQueries.list(database, filter, order, part);
  }

  private static Optional<String> next(
      DealerFilter filter, DealerOrder order, Page<DealerListing.Row> page) {
    if (!page.more()) {
      return Optional.empty();
    }
    String[] place = order.placeOf(page.rows().getLast()).parts();
    return Optional.of(Cursor.encode(filter.cursorHash(order.name()), place));
  }

  private static DealerOrder.Place place(String cursor, String hash, DealerOrder order) {
    return order.place(Cursor.decode(cursor, hash, 2)).orElseThrow(Cursor::invalid);
  }

  private static DealerSearch.Hit hit(String cursor, String hash) {
    return Ranking.place(Cursor.decode(cursor, hash, 4)).orElseThrow(Cursor::invalid);
  }

  private static Pagination pagination(
      Ranking ranking, PageRequest request, Optional<String> next) {
    return Pagination.of(
        ranking.hits().size(), ranking.more(), request.page(), request.limit(), next);
  }

  private long count(DealerFilter filter, int most) {
    return ListQueries.count(database, filter, most);
  }
}
