package showfloor.dealers.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// Finds dealers of the current company by name, words in any order, initials, part of the phone,
/// and in spite of slips. The work is done by a function of the schema, over an index.
public final class DealerSearch {
  /// The most hits of one search: beyond that the text asks for nothing in particular.
  public static final int HITS_MAX = 1_000;

  // Looks each hit up behind row-level security; the limit keeps that a lookup by key, whatever the
  // statistics say.
  private static final Sql SEARCH =
      Sql.of(
          "dealers.search_dealers",
          """
          SELECT s.id, s.rank, s.score, s.name
          FROM dealers.search(:text, :most, :status, :rating::int, :buying_group,
            :has_notes::boolean, :updated_since::timestamptz) AS s
          """);

  private DealerSearch() {}

  /// What hits must have besides the text; null asks for nothing.
  ///
  /// @param rating 1 to 5, 0 for dealers without one
  /// @param updatedSince inclusive
  public record Filter(
      @Nullable String status,
      @Nullable Integer rating,
      @Nullable String buyingGroup,
      @Nullable Boolean hasNotes,
      @Nullable Instant updatedSince) {}

  /// One dealer found.
  ///
  /// @param score 0 to 1, to be compared within one match
  /// @param foldedName the dealer's name without case, accents and signs
  public record Hit(UUID id, Match match, double score, String foldedName) {}

  /// All hits, match by match, at most [#HITS_MAX]; none for a text without letters and digits.
  public static List<Hit> hits(SqlReader sql, String text, Filter filter) {
    return sql.list(
        SEARCH.with(
            "text", text,
            "most", HITS_MAX,
            "status", filter.status(),
            "rating", filter.rating(),
            "buying_group", filter.buyingGroup(),
            "has_notes", filter.hasNotes(),
            "updated_since", filter.updatedSince()),
        DealerSearch::hit);
  }

  private static Hit hit(Row row) {
    return new Hit(
        row.uuid("id"),
        Match.ofRank(row.integer("rank")),
        (float) row.real("score"), // one number, whether the driver read it as text or in binary
        row.text("name"));
  }
}
