package showfloor.auth.session;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;

/// Statements on tokens.
final class SessionQueries {
  /// Notes the use of a token along the way, where the last one is noted longer ago than that.
  private static final Sql FIND_SESSION =
      Sql.of(
          "auth.find_session",
          """
          with found as (
            select token_hash, id, company_id, user_id, role, last_used_at
            from auth.tokens
            where token_hash = :hash and expires_at > :now and last_used_at > :idle_since
          ), touched as (
            update auth.tokens t set last_used_at = :now
            from found
            where t.token_hash = found.token_hash and found.last_used_at < :touched_before
              and t.last_used_at < :now
          )
          select f.id, f.company_id, f.user_id, f.role, a.facts::text as access_facts
          from found f left join auth.access_of a on a.company_id = f.company_id
          """);

  private static final Sql END_SESSION =
      Sql.of(
          "auth.end_session",
          """
          delete from auth.tokens
          where company_id = :company_id and user_id = :user_id and id = :id
          """);

  private static final Sql END_SESSIONS =
      Sql.of(
          "auth.end_sessions",
          """
          delete from auth.tokens where company_id = :company_id and user_id = :user_id
          """);

  private SessionQueries() {}

  /// A caller, and what the paywall decides on.
  record Found(Caller caller, @Nullable String accessFacts) {}

  /// Whose a token is; empty where it is not valid.
  ///
  /// @param idleSince one that was not used since then is void
  /// @param touchedBefore its use is written down where that was last done before then
  static Optional<Found> find(
      SqlWriter sql, byte[] hash, Instant now, Instant idleSince, Instant touchedBefore) {
    return sql
        .returning(
            FIND_SESSION.with(
                "hash", hash,
                "now", now,
                "idle_since", idleSince,
                "touched_before", touchedBefore),
            SessionQueries::found)
        .stream()
        .findFirst();
  }

  static void end(SqlWriter sql, Caller caller) {
    sql.execute(
        END_SESSION.with(
            "company_id", caller.companyId(),
            "user_id", caller.userId(),
            "id", caller.tokenId()));
  }

  static void endAll(SqlWriter sql, Caller caller) {
    sql.execute(END_SESSIONS.with("company_id", caller.companyId(), "user_id", caller.userId()));
  }

  private static Found found(Row row) {
    return new Found(
        new Caller(row.uuid("user_id"), row.uuid("company_id"), row.uuid("id"), row.text("role")),
        row.textOrNull("access_facts"));
  }
}
