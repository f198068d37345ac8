package showfloor.dealers.profile;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Page;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Cursor;
import showfloor.httpapi.PageRequest;
import showfloor.httpapi.Pagination;

/// The dealers of a company. Thread-safe; throws [showfloor.dbapi.DatabaseException].
final class Dealers {
  private final Database database;
  private final Totals totals = new Totals(System::nanoTime);

  Dealers(Database database) {
    this.database = database;
  }

  /// How a write of one row ended. A version that is asked for must be the current one.
  sealed interface Written {
    record Done(Dealer dealer) implements Written {}

    record Stale(Dealer current) implements Written {}

    record Missing() implements Written {}
  }

  Optional<DealerDetail> find(UUID id) {
    return DealerQueries.detail(database, id);
  }

  List<String> buyingGroups() {
    return ListQueries.buyingGroups(database);
  }

  /// A page of dealers in an order. A cursor of another list is a problem 400.
  DealerListing list(DealerFilter filter, DealerOrder order, PageRequest request) {
    if (filter.has().none()) {
      return new DealerListing(
          List.of(), Pagination.of(0, false, request.page(), request.limit(), Optional.empty()));
    }
    String hash = filter.cursorHash(order.name());
    DealerOrder.Place after =
        request.cursor().map(cursor -> place(cursor, hash, order)).orElse(null);
    Page<DealerListing.Row> page =
        ListQueries.list(
            database,
            filter,
            order,
            new ListQueries.Part(null, after, request.limit(), request.offset()));
    Optional<String> next =
        page.more()
            ? Optional.of(Cursor.encode(hash, order.placeOf(page.rows().getLast()).parts()))
            : Optional.empty();
    return new DealerListing(page.rows(), pagination(filter, request, page, next));
  }

  /// Adds a dealer within the caller's unit of work.
  Dealer add(SqlWriter sql, UUID companyId, DealerChange whole) {
    return DealerQueries.add(sql, companyId, UuidV7.next(), whole);
  }

  Written change(UUID id, @Nullable Long version, DealerChange change) {
    return written(id, version, DealerQueries.change(database, id, version, change));
  }

  Written delete(UUID id, @Nullable Long version) {
    return written(id, version, DealerQueries.delete(database, id, version));
  }

  // Only a write that met no row asks why.
  private Written written(UUID id, @Nullable Long version, Optional<Dealer> done) {
    return done.<Written>map(Written.Done::new)
        .or(
            () ->
                version == null
                    ? Optional.empty()
                    : DealerQueries.find(database, id).map(Written.Stale::new))
        .orElseGet(Written.Missing::new);
  }

  private static DealerOrder.Place place(String cursor, String hash, DealerOrder order) {
    return order.place(Cursor.decode(cursor, hash, 2)).orElseThrow(Cursor::invalid);
  }

  private Pagination pagination(
      DealerFilter filter,
      PageRequest request,
      Page<DealerListing.Row> page,
      Optional<String> next) {
    if (request.byCursor()) {
      long counted = ListQueries.count(database, filter, Totals.CHEAP + 1);
      return Pagination.of(
          Math.min(counted, Totals.CHEAP),
          counted > Totals.CHEAP,
          request.page(),
          request.limit(),
          next);
    }
    boolean last = !page.more() && (!page.rows().isEmpty() || request.page() == 1);
    long total =
        last
            ? request.offset() + page.rows().size()
            : totals.of(filter, () -> ListQueries.count(database, filter, null));
    return Pagination.of(total, false, request.page(), request.limit(), next);
  }
}
