package showfloor.tradeshows.shows;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Page;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.tradeshows.links.Link;
import showfloor.tradeshows.links.LinkQueries;

/// Statements that read shows.
final class ListQueries {
  /// Where a show without a first day stands: as the migration says it.
  private static final LocalDate UNDATED = LocalDate.of(9999, 12, 31);

  private static final String COUNT =
      """
      (SELECT count(*) FROM tradeshows.show_dealers l
         WHERE l.company_id = s.company_id AND l.show_id = s.id) AS dealer_count\
      """;

  // Rows are found and cut first, so that those which an offset skips cost no count.
  private static final Sql LIST_SHOWS =
      Sql.of(
          "tradeshows.list_shows",
          """
          SELECT %1$s, s.listed_on, %2$s
          FROM (
            SELECT %1$s, s.listed_on FROM tradeshows.shows s
            WHERE :after_id::uuid IS NULL
              OR (s.listed_on, s.id) < (:after_date::date, :after_id::uuid)
            ORDER BY s.listed_on DESC, s.id DESC
            LIMIT :page_limit OFFSET :offset) s
          ORDER BY s.listed_on DESC, s.id DESC
          """
              .formatted(ShowQueries.COLUMNS, COUNT));

  private static final Sql COUNT_SHOWS =
      Sql.of(
          "tradeshows.count_shows",
          """
          SELECT count(*) AS total
          FROM (SELECT 1 FROM tradeshows.shows s LIMIT :most) counted
          """);

  // Of thousands of rows, only the first one carries the text of the show.
  private static final Sql FIND_SHOW =
      Sql.of(
          "tradeshows.find_show",
          """
          WITH found AS MATERIALIZED (
            SELECT %1$s, %2$s FROM tradeshows.shows s WHERE s.id = :id)
          SELECT %3$s, s.dealer_count, l.id AS link_id, l.show_id, l.dealer_id, l.user_id,
            l.captured_at, l.created_at AS linked_at
          FROM found s LEFT JOIN LATERAL (
            SELECT l.id, l.show_id, l.dealer_id, l.user_id, l.captured_at, l.created_at,
              row_number() OVER (ORDER BY l.captured_at DESC, l.dealer_id DESC) AS place
            FROM tradeshows.show_dealers l
            WHERE l.company_id = s.company_id AND l.show_id = s.id
            ORDER BY l.captured_at DESC, l.dealer_id DESC LIMIT :most) l ON true
          ORDER BY l.place
          """
              .formatted(
                  ShowQueries.COLUMNS,
                  COUNT,
                  ShowQueries.COLUMNS.replace(
                      "s.description",
                      "CASE WHEN l.place > 1 THEN NULL ELSE s.description END AS description")));

  private ListQueries() {}

  /// A place in the list.
  record Place(LocalDate listedOn, UUID id) {
    static Place of(TradeShow show) {
      return new Place(show.startDate() == null ? UNDATED : show.startDate(), show.id());
    }
  }

  /// A show and its links, the last that was captured first.
  record Linked(TradeShow show, long dealerCount, List<Link> links) {}

  /// @param after behind this place; null: from the beginning
  static Page<ShowRow> list(SqlReader sql, @Nullable Place after, int size, int offset) {
    return sql.page(
        LIST_SHOWS,
        size,
        ListQueries::row,
        "after_date",
        after == null ? null : after.listedOn(),
        "after_id",
        after == null ? null : after.id(),
        "offset",
        offset);
  }

  /// The first `most` of all shows.
  static List<ShowRow> first(SqlReader sql, int most) {
    return sql.list(
        LIST_SHOWS.with("after_date", null, "after_id", null, "offset", 0, "page_limit", most),
        ListQueries::row);
  }

  /// How many shows there are, counted up to `most`.
  static long count(SqlReader sql, int most) {
    return sql.one(COUNT_SHOWS.with("most", most), row -> row.bigint("total"));
  }

  /// The show with its links, at most [ShowDetail#DEALERS_MAX].
  static Optional<Linked> find(SqlReader sql, UUID id) {
    List<Joined> rows =
        sql.list(FIND_SHOW.with("id", id, "most", ShowDetail.DEALERS_MAX), ListQueries::joined);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    ShowRow first = rows.getFirst().show();
    List<Link> links = rows.stream().flatMap(row -> row.link().stream()).toList();
    return Optional.of(new Linked(first.show(), first.dealerCount(), links));
  }

  private record Joined(ShowRow show, Optional<Link> link) {}

  private static Joined joined(Row row) {
    return new Joined(row(row), LinkQueries.linkOrNone(row));
  }

  private static ShowRow row(Row row) {
    return new ShowRow(ShowQueries.show(row), row.bigint("dealer_count"));
  }
}
