package showfloor.auth.session;

import java.time.Instant;
import java.util.Optional;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;

/// Statements on tokens.
final class SessionQueries {
  private static final Sql FIND_SESSION =
      Sql.of(
          "auth.find_session",
          """
          select id, company_id, user_id, role, last_used_at
          from auth.tokens
          where token_hash = :hash and expires_at > :now and last_used_at > :idle_since
          """);

  private static final Sql TOUCH_SESSION =
      Sql.of(
          "auth.touch_session",
          """
          update auth.tokens set last_used_at = :now
          where token_hash = :hash and last_used_at < :now
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

  /// A token that is valid, and whose it is.
  record Session(Caller caller, Instant lastUsedAt) {}

  static Optional<Session> find(SqlReader sql, byte[] hash, Instant now, Instant idleSince) {
    return sql.find(
        FIND_SESSION.with("hash", hash, "now", now, "idle_since", idleSince),
        SessionQueries::session);
  }

  static void touch(SqlWriter sql, byte[] hash, Instant now) {
    sql.execute(TOUCH_SESSION.with("hash", hash, "now", now));
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

  private static Session session(Row row) {
    Caller caller =
        new Caller(row.uuid("user_id"), row.uuid("company_id"), row.uuid("id"), row.text("role"));
    return new Session(caller, row.instant("last_used_at"));
  }
}
