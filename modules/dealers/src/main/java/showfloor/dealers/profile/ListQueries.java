package showfloor.dealers.profile;

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
      AND (:rating::int IS NULL OR %s = :rating::int)
      AND (:updated_since::timestamptz IS NULL OR d.updated_at >= :updated_since::timestamptz)
      AND (:has::text IS DISTINCT FROM 'notes' OR EXISTS (
        SELECT 1 FROM dealers.notes n WHERE n.company_id = d.company_id AND n.dealer_id = d.id))
      AND (:has::text IS DISTINCT FROM 'photos' OR EXISTS (
        SELECT 1 FROM dealers.photos_of p WHERE p.company_id = d.company_id AND p.dealer_id = d.id))
      AND (:has::text IS DISTINCT FROM 'recordings' OR EXISTS (
        SELECT 1 FROM dealers.recordings_of r
        WHERE r.company_id = d.company_id AND r.dealer_id = d.id))
      AND (:show_id::uuid IS NULL OR EXISTS (
        SELECT 1 FROM dealers.shows_of s
        WHERE s.company_id = d.company_id AND s.dealer_id = d.id AND s.show_id = :show_id::uuid))
      AND (:group_id::uuid IS NULL OR EXISTS (
        SELECT 1 FROM dealers.label_members m
        WHERE m.company_id = d.company_id AND m.dealer_id = d.id AND m.label_id = :group_id::uuid))
      AND (:product_id::uuid IS NULL OR EXISTS (
        SELECT 1 FROM dealers.label_members m
        WHERE m.company_id = d.company_id AND m.dealer_id = d.id
          AND m.label_id = :product_id::uuid))
      """
          .formatted(DealerOrder.LOWEST_RATED.expression());

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
    List<@Nullable Object> values = filter.besides().values();
    add(values, "ids", part.ids() == null ? null : part.ids().toArray(UUID[]::new));
    add(values, "after_key", part.after() == null ? null : part.after().key());
    add(values, "after_id", part.after() == null ? null : part.after().id());
    add(values, "offset", part.offset());
    return sql.page(statement(order), part.size(), ListQueries::row, values.toArray());
  }

  /// How many dealers there are, counted up to `most`.
  static long count(SqlReader sql, DealerFilter filter, int most) {
    List<@Nullable Object> values = filter.besides().values();
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

  // Rows are found and cut first, so that those which an offset skips cost no counts.
  private static Sql list(DealerOrder order) {
    return Sql.of(
        "dealers.list_" + order.name().toLowerCase(Locale.ROOT),
        """
        SELECT %4$s, d.name_norm,
          (SELECT count(*) FROM dealers.notes n
           WHERE n.company_id = d.company_id AND n.dealer_id = d.id) AS notes_there,
          (SELECT count(*) FROM dealers.photos_of p
           WHERE p.company_id = d.company_id AND p.dealer_id = d.id) AS photos_there,
          (SELECT count(*) FROM dealers.recordings_of r
           WHERE r.company_id = d.company_id AND r.dealer_id = d.id) AS recordings_there,
          (SELECT count(*) FROM dealers.todos_of t
           WHERE t.company_id = d.company_id AND t.dealer_id = d.id) AS todos_there
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

  private static void add(List<@Nullable Object> values, String name, @Nullable Object value) {
    values.add(name);
    values.add(value);
  }

  private static DealerListing.Row row(Row row) {
    return new DealerListing.Row(
        DealerQueries.dealer(row),
        new DealerListing.Counts(
            row.bigint("notes_there"),
            row.bigint("photos_there"),
            row.bigint("recordings_there"),
            row.bigint("todos_there")),
        row.text("name_norm"),
        null);
  }
}
