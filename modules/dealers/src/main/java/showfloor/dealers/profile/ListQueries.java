package showfloor.dealers.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// Statements that read many dealers.
final class ListQueries {
  private static final String FILTERS =
      """
      (:status::text IS NULL OR d.status = :status)
      AND (:buying_group::text IS NULL OR d.buying_group = :buying_group)
      AND (:rating::int IS NULL OR coalesce(d.rating, 0) = :rating::int)
      AND (:updated_since::timestamptz IS NULL OR d.updated_at >= :updated_since::timestamptz)
      AND (:has_notes::boolean IS NULL OR EXISTS (
        SELECT 1 FROM dealers.notes n WHERE n.company_id = d.company_id AND n.dealer_id = d.id))
      """;

  private static final Map<DealerOrder, Sql> LISTS = new EnumMap<>(DealerOrder.class);

  static {
    for (DealerOrder order : DealerOrder.values()) {
      LISTS.put(order, list(order));
    }
  }

  private static final Sql COUNT_DEALERS =
      Sql.of(
          "dealers.count_dealers",
          """
          SELECT count(*) AS total FROM (
            SELECT 1 FROM dealers.dealers d
            WHERE %s
            LIMIT :most::bigint) counted
          """
              .formatted(FILTERS));

  // From one group to the next by the index, not through all the dealers of each.
  private static final Sql LIST_BUYING_GROUPS =
      Sql.of(
          "dealers.list_buying_groups",
          """
          WITH RECURSIVE found (name) AS (
            (SELECT d.buying_group FROM dealers.dealers d
             WHERE d.buying_group IS NOT NULL
             ORDER BY d.buying_group LIMIT 1)
            UNION ALL
            SELECT (
              SELECT d.buying_group FROM dealers.dealers d
              WHERE d.buying_group > found.name
              ORDER BY d.buying_group LIMIT 1)
            FROM found WHERE found.name IS NOT NULL)
          SELECT found.name FROM found WHERE found.name IS NOT NULL LIMIT :most
          """);

  private ListQueries() {}

  /// What part of a list is wanted.
  ///
  /// @param ids only these dealers; null: all
  /// @param after behind this place; null: from the beginning
  record Part(@Nullable List<UUID> ids, DealerOrder.@Nullable Place after, int size, int offset) {}

  static Page<DealerListing.Row> list(
      SqlReader sql, DealerFilter filter, DealerOrder order, Part part) {
    List<@Nullable Object> values = values(filter);
    add(values, "ids", part.ids() == null ? null : part.ids().toArray(UUID[]::new));
    add(values, "after_key", part.after() == null ? null : part.after().key());
    add(values, "after_id", part.after() == null ? null : part.after().id());
    add(values, "offset", part.offset());
    return sql.page(statement(order), part.size(), ListQueries::row, values.toArray());
  }

  /// How many dealers there are, counted up to `most`; null: all of them.
  static long count(SqlReader sql, DealerFilter filter, @Nullable Integer most) {
    List<@Nullable Object> values = values(filter);
    add(values, "most", most);
    return sql.one(COUNT_DEALERS.with(values.toArray()), row -> row.bigint("total"));
  }

  /// The names of all buying groups, at most [SqlReader#ROWS_MAX].
  static List<String> buyingGroups(SqlReader sql) {
    return sql.list(LIST_BUYING_GROUPS.with("most", SqlReader.ROWS_MAX), row -> row.text("name"));
  }

  private static Sql statement(DealerOrder order) {
    Sql list = LISTS.get(order);
    if (list == null) {
      throw new IllegalStateException("no statement for " + order);
    }
    return list;
  }

  // Rows are found and cut first, so that those which an offset skips cost no count of notes.
  private static Sql list(DealerOrder order) {
    return Sql.of(
        "dealers.list_" + order.name().toLowerCase(Locale.ROOT),
        """
        SELECT %4$s, d.name_norm, (
          SELECT count(*) FROM dealers.notes n
          WHERE n.company_id = d.company_id AND n.dealer_id = d.id) AS note_count
        FROM (
          SELECT %4$s, d.name_norm FROM dealers.dealers d
          WHERE (:ids::uuid[] IS NULL OR d.id = ANY (:ids::uuid[]))
            AND (:after_id::uuid IS NULL OR (%1$s, d.id) %2$s (:after_key::%3$s, :after_id::uuid))
            AND %5$s
          ORDER BY %1$s %6$s, d.id %6$s
          LIMIT :page_limit OFFSET :offset) d
        ORDER BY %1$s %6$s, d.id %6$s
        """
            .formatted(
                order.expression(),
                order.descending() ? "<" : ">",
                order.type(),
                DealerQueries.COLUMNS,
                FILTERS,
                order.descending() ? "DESC" : "ASC"));
  }

  private static List<@Nullable Object> values(DealerFilter filter) {
    List<@Nullable Object> values = new ArrayList<>();
    add(values, "status", filter.status());
    add(values, "buying_group", filter.buyingGroup());
    add(values, "rating", filter.rating());
    add(values, "updated_since", filter.updatedSince());
    add(values, "has_notes", filter.hasNotes());
    return values;
  }

  private static void add(List<@Nullable Object> values, String name, @Nullable Object value) {
    values.add(name);
    values.add(value);
  }

  private static DealerListing.Row row(Row row) {
    return new DealerListing.Row(
        DealerQueries.dealer(row),
        Math.toIntExact(row.bigint("note_count")),
        row.text("name_norm"),
        null);
  }
}
