package showfloor.dealers.match;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dealers.search.Reason;

/// The statement that finds dealers by what a card says of them exactly.
final class MatchQueries {
  private static final Sql MATCH_KEYS =
      Sql.of(
          "dealers.match_keys",
          """
          SELECT k.id, k.by_email FROM (
            (SELECT d.id, true AS by_email FROM dealers.dealers d
             WHERE d.email_key = ANY (:emails::text[]) LIMIT :most)
            UNION ALL
            (SELECT d.id, false AS by_email FROM dealers.dealers d
             WHERE d.phone_key = ANY (:phones::text[]) LIMIT :most)) AS k
          """);

  private MatchQueries() {}

  /// One dealer that has an address or a number of the card.
  record Keyed(UUID id, Reason reason) {}

  static List<Keyed> keyed(SqlReader sql, List<String> emails, List<String> phones, int most) {
    return new ArrayList<>(
        sql.list(
            MATCH_KEYS.with(
                "emails", emails.toArray(String[]::new),
                "phones", phones.toArray(String[]::new),
                "most", most),
            MatchQueries::keyed));
  }

  private static Keyed keyed(Row row) {
    return new Keyed(row.uuid("id"), row.bool("by_email") ? Reason.SAME_EMAIL : Reason.SAME_PHONE);
  }
}
