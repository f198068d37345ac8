package showfloor.dealers.profile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Change;
import showfloor.httpapi.Written;

/// The dealers of a company, one by one. Thread-safe; throws [showfloor.dbapi.DatabaseException].
public final class Dealers {
  private final Database database;

  Dealers(Database database) {
    this.database = database;
  }

  /// The dealer within the caller's unit of work.
  public static Optional<Dealer> find(SqlReader sql, UUID id) {
    return DealerQueries.find(sql, id);
  }

  /// Those of the dealers that there are, by their ids.
  public static Map<UUID, Dealer> find(SqlReader sql, List<UUID> ids) {
    return ids.isEmpty()
        ? Map.of()
        : DealerQueries.find(sql, ids).stream().collect(Collectors.toMap(Dealer::id, d -> d));
  }

  /// Rates a dealer within the caller's unit of work; nothing where there is none.
  ///
  /// @param ratedAt when the rating was given
  public static void rate(SqlWriter sql, UUID id, int rating, Instant ratedAt) {
    DealerQueries.rate(sql, id, rating, ratedAt);
  }

  Optional<DealerDetail> find(UUID id) {
    return DealerQueries.noted(database, id)
        .map(dealer -> dealer.with(KeptQueries.find(database, id)));
  }

  List<String> buyingGroups() {
    return ListQueries.buyingGroups(database);
  }

  /// Adds a dealer within the caller's unit of work.
  Dealer add(SqlWriter sql, UUID companyId, Change<Dealer> whole) {
    return DealerQueries.add(sql, companyId, UuidV7.next(), whole, null);
  }

  Written<Dealer> change(UUID id, @Nullable Long version, Change<Dealer> change) {
    return written(id, version, DealerQueries.change(database, id, version, change));
  }

  Written<Dealer> delete(UUID id, @Nullable Long version) {
    return written(id, version, DealerQueries.delete(database, id, version));
  }

  private Written<Dealer> written(UUID id, @Nullable Long version, Optional<Dealer> done) {
    return Written.of(done, version, () -> DealerQueries.find(database, id));
  }
}
