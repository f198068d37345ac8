package showfloor.subscriptions.overview;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

/// Statements that read what is stored.
final class OverviewQueries {
  private static final int HISTORY_MAX = 200;

  private static final Sql FIND_FACTS =
      Sql.of(
          "subscriptions.find_facts",
          """
          select facts::text as facts from subscriptions.standing_of where company_id = :company_id
          """);

  private static final Sql LIST_HISTORY =
      Sql.of(
          "subscriptions.list_history",
          """
          select id, provider, provider_id, status, plan, created_at, period_start, period_end,
            cancel_at_period_end, canceled_at, ended_at
          from subscriptions.subscriptions
          order by created_at desc, id desc
          limit :most
          """);

  private OverviewQueries() {}

  static Optional<String> facts(SqlReader sql, UUID companyId) {
    return sql.find(FIND_FACTS.with("company_id", companyId), row -> row.text("facts"));
  }

  /// The newest first.
  static List<Entry> history(SqlReader sql) {
    return sql.list(
        LIST_HISTORY.with("most", HISTORY_MAX),
        row ->
            new Entry(
                row.uuid("id"),
                row.text("provider"),
                row.text("provider_id"),
                row.text("status"),
                row.textOrNull("plan"),
                row.instant("created_at"),
                row.instant("period_start"),
                row.instant("period_end"),
                row.bool("cancel_at_period_end"),
                row.instantOrNull("canceled_at"),
                row.instantOrNull("ended_at")));
  }
}
