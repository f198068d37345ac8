package showfloor.dealers.search;

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
          FROM dealers.search(:text, :most, :status, :rating::int, :buying_group, :has,
            :show_id::uuid, :group_id::uuid, :product_id::uuid, :updated_since::timestamptz) AS s
          """);

  private static final Sql SEARCH_EACH =
      Sql.of(
          "dealers.search_each",
          """
          SELECT t.place, s.id, s.rank, s.score, s.name
          FROM unnest(:texts::text[]) WITH ORDINALITY AS t (text, place)
          CROSS JOIN LATERAL dealers.search(
            t.text, :most, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) AS s
          """);

  private DealerSearch() {}

  /// One dealer found.
  ///
  /// @param score 0 to 1, to be compared within one match
  /// @param foldedName the dealer's name without case, accents and signs
  public record Hit(UUID id, Match match, double score, String foldedName) {}

  /// All hits, match by match, at most [#HITS_MAX]; none for a text without letters and digits.
  public static List<Hit> hits(SqlReader sql, String text, Filter filter) {
    List<@Nullable Object> values = filter.values();
    values.addAll(List.of("text", text, "most", HITS_MAX));
    return sql.list(SEARCH.with(values.toArray()), DealerSearch::hit);
  }

  /// A hit of one of several texts.
  ///
  /// @param place of the text among them, from 0
  public record OfText(int place, Hit hit) {}

  /// The hits of each text, at most `most` of each.
  public static List<OfText> hits(SqlReader sql, List<String> texts, int most) {
    return sql.list(
        SEARCH_EACH.with("texts", texts.toArray(String[]::new), "most", most),
        row -> new OfText((int) row.bigint("place") - 1, hit(row)));
  }

  private static Hit hit(Row row) {
    return new Hit(
        row.uuid("id"),
        Match.ofRank(row.integer("rank")),
        (float) row.real("score"), // one number, whether the driver read it as text or in binary
        row.text("name"));
  }
}
