package showfloor.dealers.profile;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.EnumMap;
import java.util.UUID;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// Reads what is kept on a dealer, all of it at once.
final class KeptQueries {
  private static final Sql FIND_KEPT =
      Sql.of(
          "dealers.find_kept",
          """
          SELECT k.part, k.item FROM (
            (SELECT 'PHOTOS' AS part, row_number() OVER (ORDER BY p.id DESC) AS place,
               p.item::text AS item
             FROM dealers.photos_of p WHERE p.dealer_id = :id
             ORDER BY p.id DESC LIMIT :most)
            UNION ALL
            (SELECT 'RECORDINGS', row_number() OVER (ORDER BY r.id DESC), r.item::text
             FROM dealers.recordings_of r WHERE r.dealer_id = :id
             ORDER BY r.id DESC LIMIT :most)
            UNION ALL
            (SELECT 'TODOS', row_number() OVER (ORDER BY t.due_date, t.id), t.item::text
             FROM dealers.todos_of t WHERE t.dealer_id = :id AND NOT t.completed
             ORDER BY t.due_date, t.id LIMIT :most)
            UNION ALL
            (SELECT 'SHOWS', row_number() OVER (ORDER BY s.show_id DESC), s.item::text
             FROM dealers.shows_of s WHERE s.dealer_id = :id
             ORDER BY s.show_id DESC LIMIT :most)
            UNION ALL
            (SELECT 'GROUPS', row_number() OVER (ORDER BY l.name),
               json_build_object('id', l.id, 'name', l.name)::text
             FROM dealers.label_members m
               JOIN dealers.labels l ON l.company_id = m.company_id AND l.id = m.label_id
             WHERE m.dealer_id = :id AND l.kind = 'group'
             ORDER BY l.name LIMIT :most)
            UNION ALL
            (SELECT 'PRODUCTS', row_number() OVER (ORDER BY l.name),
               json_build_object('id', l.id, 'name', l.name)::text
             FROM dealers.label_members m
               JOIN dealers.labels l ON l.company_id = m.company_id AND l.id = m.label_id
             WHERE m.dealer_id = :id AND l.kind = 'product'
             ORDER BY l.name LIMIT :most)
            UNION ALL
            (SELECT 'BUYING_GROUPS', row_number() OVER (ORDER BY h.start_date DESC),
               json_build_object('buyingGroupId', l.id, 'name', l.name,
                 'startDate', h.start_date, 'endDate', h.end_date)::text
             FROM (
               SELECT h.company_id, h.label_id, h.start_date,
                 lead(h.start_date) OVER (ORDER BY h.start_date) AS end_date
               FROM dealers.buying_group_history h WHERE h.dealer_id = :id) h
               JOIN dealers.labels l ON l.company_id = h.company_id AND l.id = h.label_id
             ORDER BY h.start_date DESC LIMIT :most)
            UNION ALL
            (SELECT 'CONSENTS', row_number() OVER (ORDER BY c.kind),
               json_build_object('kind', c.kind, 'granted', c.granted, 'how', c.how,
                 'givenAt', dealers.moment(c.given_at))::text
             FROM dealers.consents c WHERE c.dealer_id = :id
             ORDER BY c.kind LIMIT :most)) k
          ORDER BY k.part, k.place
          """);

  private KeptQueries() {}

  /// The newest photos, recordings and shows first; open to-dos, those without a date last.
  static Kept find(SqlReader sql, UUID dealerId) {
    record Item(Kept.Part part, String json) {}
    return new Kept(
        sql
            .list(
                FIND_KEPT.with("id", dealerId, "most", Kept.MAX + 1),
                row -> new Item(Kept.Part.valueOf(row.text("part")), row.text("item")))
            .stream()
            .collect(
                groupingBy(
                    Item::part,
                    () -> new EnumMap<>(Kept.Part.class),
                    mapping(Item::json, toList()))));
  }
}
