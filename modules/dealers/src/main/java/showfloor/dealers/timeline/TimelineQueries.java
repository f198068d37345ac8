package showfloor.dealers.timeline;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// Reads `dealers.timeline`.
final class TimelineQueries {
  /// After everything that happened.
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final Place START = new Place(LAST, new UUID(-1, -1));

  // A dealer to which nothing happened is a row without an entry, one that is not there is none.
  private static final Sql READ_TIMELINE =
      Sql.of(
          "dealers.read_timeline",
          """
          SELECT t.at, t.id, t.item::text AS item
          FROM dealers.dealers d LEFT JOIN LATERAL (
            SELECT t.at, t.id, t.item FROM dealers.timeline t
            WHERE t.company_id = d.company_id AND t.dealer_id = d.id
              AND (t.at, t.id) < (:before_at, :before_id)
            ORDER BY t.at DESC, t.id DESC
            LIMIT :page_limit) t ON true
          WHERE d.id = :dealer_id
          ORDER BY t.at DESC, t.id DESC
          """);

  private TimelineQueries() {}

  /// Where an entry stands.
  record Place(Instant at, UUID id) {
    String[] parts() {
      return new String[] {at.toString(), id.toString()};
    }
  }

  /// @param json the object that the API answers
  record Entry(Place place, String json) {}

  /// @param before behind this place; null: from the newest
  static Page<Optional<Entry>> page(
      SqlReader sql, UUID dealerId, @Nullable Place before, int size) {
    Place from = before == null ? START : before;
    return sql.page(
        READ_TIMELINE,
        size,
        TimelineQueries::entry,
        "dealer_id",
        dealerId,
        "before_at",
        from.at(),
        "before_id",
        from.id());
  }

  private static Optional<Entry> entry(Row row) {
    UUID id = row.uuidOrNull("id");
    return id == null
        ? Optional.empty()
        : Optional.of(new Entry(new Place(row.instant("at"), id), row.text("item")));
  }
}
