package showfloor.dealers.profile;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dealers.DealerRecords.DealerRecord;

/// Statements that other modules run on dealers.
public final class RecordQueries {
  // In the order of their ids: two units of work that hold the same dealers do not lock crosswise.
  private static final Sql HOLD_DEALERS =
      Sql.of(
          "dealers.hold_dealers",
          """
          SELECT d.id FROM dealers.dealers d WHERE d.id = ANY (:ids)
          ORDER BY d.id FOR KEY SHARE
          """);

  private RecordQueries() {}

  public static Map<UUID, DealerRecord> find(SqlReader sql, Collection<UUID> ids) {
    return DealerQueries.find(sql, ids).stream()
        .map(dealer -> new DealerRecord(dealer.id(), dealer.version(), dealer))
        .collect(toMap(DealerRecord::id, dealer -> dealer));
  }

  public static boolean hold(SqlWriter sql, Collection<UUID> ids) {
    Set<UUID> wanted = new HashSet<>(ids);
    List<UUID> held =
        sql.list(HOLD_DEALERS.with("ids", wanted.toArray(UUID[]::new)), row -> row.uuid("id"));
    return held.size() == wanted.size();
  }
}
