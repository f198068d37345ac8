package showfloor.tradeshows.links;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.UuidV7;

/// Statements over the links of dealers to shows. The dealers are held before any of them (see
/// [showfloor.dealers.DealerRecords#hold]).
public final class LinkQueries {
  // The show is held first, so that its deletion meanwhile is "no such show" and no broken key.
  private static final Sql ADD_LINK =
      Sql.of(
          "tradeshows.add_link",
          """
          WITH held AS MATERIALIZED (
            SELECT s.company_id, s.id FROM tradeshows.shows s WHERE s.id = :show_id FOR KEY SHARE
          ), added AS (
            INSERT INTO tradeshows.show_dealers AS l (
              company_id, show_id, dealer_id, id, user_id, captured_at, created_at)
            SELECT h.company_id, h.id, :dealer_id, :id, :user_id,
              coalesce(:captured_at::timestamptz, m.moment), m.moment
            FROM held h
              CROSS JOIN (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
            ON CONFLICT (company_id, show_id, dealer_id) DO NOTHING
            RETURNING l.id, l.show_id, l.dealer_id, l.user_id, l.captured_at, l.created_at
          )
          SELECT a.id AS link_id, a.show_id, a.dealer_id, a.user_id, a.captured_at,
            a.created_at AS linked_at
          FROM held h LEFT JOIN added a ON true
          """);

  private static final Sql DELETE_LINK =
      Sql.of(
          "tradeshows.delete_link",
          """
          DELETE FROM tradeshows.show_dealers l
          WHERE l.show_id = :show_id AND l.dealer_id = :dealer_id
          """);

  // Changes of many links come one after the other, and take turns with those of the show. A
  // statement sees what was there when it began,
  // so it begins after the wait, as a statement of its own.
  private static final Sql HOLD_SHOW =
      Sql.of(
          "tradeshows.hold_show",
          """
          WITH turn AS MATERIALIZED (
            SELECT pg_advisory_xact_lock(hashtextextended(:show_id::uuid::text, 11))
          )
          SELECT s.id FROM turn CROSS JOIN tradeshows.shows s
          WHERE s.id = :show_id FOR NO KEY UPDATE OF s
          """);

  private static final Sql CHANGE_LINKS =
      Sql.of(
          "tradeshows.change_links",
          """
          WITH removed AS (
            DELETE FROM tradeshows.show_dealers l
            WHERE l.show_id = :show_id AND l.dealer_id = ANY (:remove)
            RETURNING l.dealer_id
          ), added AS (
            INSERT INTO tradeshows.show_dealers AS l (
              company_id, show_id, dealer_id, id, user_id, captured_at, created_at)
            SELECT s.company_id, s.id, n.dealer_id, n.id, :user_id, m.moment, m.moment
            FROM tradeshows.shows s
              CROSS JOIN unnest(:add::uuid[], :ids::uuid[]) AS n (dealer_id, id)
              CROSS JOIN (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
            WHERE s.id = :show_id
            ORDER BY n.dealer_id
            ON CONFLICT (company_id, show_id, dealer_id) DO NOTHING
            RETURNING l.dealer_id
          )
          SELECT (SELECT count(*) FROM added) AS added, (SELECT count(*) FROM removed) AS removed
          """);

  private LinkQueries() {}

  /// What an addition came to.
  ///
  /// @param link the new one; empty when the dealer is linked already
  record Added(Optional<Link> link) {}

  /// How many links a change made and took away.
  record Changed(long added, long removed) {}

  /// Empty when there is no such show.
  ///
  /// @param capturedAt null: now
  static Optional<Added> add(
      SqlWriter sql, UUID showId, UUID dealerId, UUID userId, @Nullable Instant capturedAt) {
    return sql
        .returning(
            ADD_LINK.with(
                "show_id", showId,
                "dealer_id", dealerId,
                "id", UuidV7.next(),
                "user_id", userId,
                "captured_at", capturedAt),
            row -> new Added(linkOrNone(row)))
        .stream()
        .findFirst();
  }

  /// Whether there was such a link.
  static boolean delete(SqlWriter sql, UUID showId, UUID dealerId) {
    return sql.execute(DELETE_LINK.with("show_id", showId, "dealer_id", dealerId)) > 0;
  }

  /// Keeps others from deleting the show, or changing many of its links, until the unit of work
  /// ends; false when there is no such show.
  static boolean holdShow(SqlWriter sql, UUID showId) {
    return sql.find(HOLD_SHOW.with("show_id", showId), row -> row.uuid("id")).isPresent();
  }

  /// Links dealers to a show that is held, and unlinks others; each dealer at most once.
  static Changed change(
      SqlWriter sql, UUID showId, UUID userId, Collection<UUID> add, Collection<UUID> remove) {
    return sql.returning(
            CHANGE_LINKS.with(
                "show_id", showId,
                "user_id", userId,
                "add", add.toArray(UUID[]::new),
                "ids", add.stream().map(_ -> UuidV7.next()).toArray(UUID[]::new),
                "remove", remove.toArray(UUID[]::new)),
            row -> new Changed(row.bigint("added"), row.bigint("removed")))
        .getFirst();
  }

  /// Reads the columns `link_id`, `show_id`, `dealer_id`, `user_id`, `captured_at` and `linked_at`;
  /// empty where they are null.
  public static Optional<Link> linkOrNone(Row row) {
    UUID id = row.uuidOrNull("link_id");
    return id == null
        ? Optional.empty()
        : Optional.of(
            new Link(
                id,
                row.uuid("dealer_id"),
                row.uuid("show_id"),
                row.uuid("user_id"),
                row.instant("captured_at"),
                row.instant("linked_at")));
  }
}
