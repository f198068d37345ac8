package showfloor.dealers;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.profile.RecordQueries;
import showfloor.httpapi.JsonValue;

/// Dealers for modules that keep something on them. Each method takes the caller's reader or
/// writer, so that all is one unit of work, and throws [showfloor.dbapi.DatabaseException].
public final class DealerRecords {
  private DealerRecords() {}

  /// A dealer as the API answers it.
  ///
  /// @param version grows with every change of what `json` writes
  public record DealerRecord(UUID id, long version, JsonValue json) {}

  /// Those of `ids` that the company has, by their ids; at most [SqlReader#ROWS_MAX].
  public static Map<UUID, DealerRecord> find(SqlReader sql, Collection<UUID> ids) {
    return RecordQueries.find(sql, ids);
  }

  /// Keeps dealers from being deleted until the unit of work ends. It comes before all other writes
  /// of the unit, as dealers are held first everywhere: so no two wait for each other.
  ///
  /// @return false when one of them is none of the company's
  public static boolean hold(SqlWriter sql, Collection<UUID> ids) {
    return RecordQueries.hold(sql, ids);
  }
}
