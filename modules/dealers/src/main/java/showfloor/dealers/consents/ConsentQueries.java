package showfloor.dealers.consents;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements over `dealers.consents` and `dealers.consent_history`, which a trigger writes.
final class ConsentQueries {
  private static final String COLUMNS =
      "c.kind, c.granted, c.how, c.evidence, c.given_at, c.version, c.recorded_at";

  // What says nothing new is not recorded again: a repeat of the request leaves one line.
  private static final Sql RECORD_CONSENT =
      Sql.of(
          "dealers.record_consent",
          """
          WITH held AS MATERIALIZED (SELECT dealers.hold_dealer(:dealer_id) AS id)
          INSERT INTO dealers.consents AS c (
            company_id, dealer_id, kind, granted, how, evidence, given_at, recorded_at)
          SELECT d.company_id, d.id, :kind, :granted::boolean, :how, :evidence,
            coalesce(:given_at::timestamptz, m.moment), m.moment
          FROM held JOIN dealers.dealers d ON d.id = held.id
            CROSS JOIN (SELECT date_trunc('milliseconds', clock_timestamp()) AS moment) m
          WHERE :version::bigint IS NULL OR EXISTS (
            SELECT 1 FROM dealers.consents x
            WHERE x.company_id = d.company_id AND x.dealer_id = d.id AND x.kind = :kind)
          ON CONFLICT (company_id, dealer_id, kind) DO UPDATE
          SET granted = EXCLUDED.granted, how = EXCLUDED.how, evidence = EXCLUDED.evidence,
            given_at = EXCLUDED.given_at, version = c.version + 1,
            recorded_at = EXCLUDED.recorded_at
          WHERE (:version::bigint IS NULL OR c.version = :version::bigint)
            AND (c.granted, c.how, c.evidence, c.given_at) IS DISTINCT FROM (
              EXCLUDED.granted, EXCLUDED.how, EXCLUDED.evidence,
              coalesce(:given_at::timestamptz, c.given_at))
          RETURNING %s
          """
              .formatted(COLUMNS));

  private static final Sql FIND_CONSENT =
      Sql.of(
          "dealers.find_consent",
          "SELECT %s FROM dealers.consents c WHERE c.dealer_id = :dealer_id AND c.kind = :kind"
              .formatted(COLUMNS));

  private static final Sql LIST_CONSENTS =
      Sql.of(
          "dealers.list_consents",
          """
          SELECT %s FROM dealers.dealers d LEFT JOIN dealers.consents c
            ON c.company_id = d.company_id AND c.dealer_id = d.id
          WHERE d.id = :dealer_id
          ORDER BY c.kind
          """
              .formatted(COLUMNS));

  private static final Sql LIST_CONSENT_HISTORY =
      Sql.of(
          "dealers.list_consent_history",
          """
          SELECT t.item::text AS item FROM dealers.timeline t
          WHERE t.dealer_id = :dealer_id AND t.item ->> 'type' = 'consent'
          ORDER BY t.at DESC, t.id DESC
          LIMIT :most
          """);

  private ConsentQueries() {}

  /// The consent as it is now; empty when there is no such dealer, no such version, or nothing new.
  static Optional<Consent> record(
      SqlWriter sql,
      UUID dealerId,
      String kind,
      @Nullable Long version,
      Consent.Statement statement) {
    return sql
        .returning(
            RECORD_CONSENT.with(
                "dealer_id", dealerId,
                "kind", kind,
                "version", version,
                "granted", statement.granted(),
                "how", statement.how(),
                "evidence", statement.evidence(),
                "given_at", statement.givenAt()),
            ConsentQueries::consent)
        .stream()
        .findFirst();
  }

  static Optional<Consent> find(SqlReader sql, UUID dealerId, String kind) {
    return sql.find(
        FIND_CONSENT.with("dealer_id", dealerId, "kind", kind), ConsentQueries::consent);
  }

  /// Those of a dealer, or an empty one where it has none; nothing where there is no such dealer.
  static List<Optional<Consent>> all(SqlReader sql, UUID dealerId) {
    return sql.list(
        LIST_CONSENTS.with("dealer_id", dealerId),
        row -> row.textOrNull("kind") == null ? Optional.empty() : Optional.of(consent(row)));
  }

  /// The lines of the history as the API answers them, the newest first.
  static List<String> history(SqlReader sql, UUID dealerId, int most) {
    return sql.list(
        LIST_CONSENT_HISTORY.with("dealer_id", dealerId, "most", most), row -> row.text("item"));
  }

  private static Consent consent(Row row) {
    return new Consent(
        row.text("kind"),
        row.bool("granted"),
        row.text("how"),
        row.textOrNull("evidence"),
        row.instant("given_at"),
        row.bigint("version"),
        row.instant("recorded_at"));
  }
}
