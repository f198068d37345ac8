package showfloor.auth.signin;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import showfloor.auth.account.Account;
import showfloor.auth.session.NewToken;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements of a link with which a password is set.
final class SetupQueries {
  private static final Sql FIND_SETUP =
      Sql.of(
          "auth.find_setup",
          """
          select company_id, user_id, email from auth.logins
          where setup_hash = :setup_hash and setup_expires_at > :now
          """);

  /// Uses the link up, if it is still there.
  private static final Sql SET_PASSWORD =
      Sql.of(
          "auth.set_password",
          """
          update auth.logins
          set password_hash = :password_hash, setup_hash = null, setup_expires_at = null
          where setup_hash = :setup_hash and setup_expires_at > :now
          """);

  /// Ends what was opened with an older password, and opens a session.
  private static final Sql OPEN_FIRST_SESSION =
      Sql.of(
          "auth.open_first_session",
          """
          with ended as (
            delete from auth.tokens where company_id = :company_id and user_id = :user_id
          ), opened as (
            insert into auth.tokens
              (token_hash, id, company_id, user_id, role, created_at, last_used_at, expires_at)
            select :token_hash, :token_id, u.company_id, u.id, u.role, :now, :now, :expires_at
            from auth.users u where u.id = :user_id
          )
          select u.id, u.email, u.first_name, u.last_name, u.role,
            c.company_id, c.name as company_name, a.facts::text as access_facts
          from auth.users u
            join auth.companies c on c.company_id = u.company_id
            left join auth.access_of a on a.company_id = u.company_id
          where u.id = :user_id
          """);

  private SetupQueries() {}

  /// Whose password a link sets.
  record Setup(UUID companyId, UUID userId, String email) {}

  static Optional<Setup> find(SqlReader sql, byte[] setupHash, Instant now) {
    return sql.find(
        FIND_SETUP.with("setup_hash", setupHash, "now", now),
        row -> new Setup(row.uuid("company_id"), row.uuid("user_id"), row.text("email")));
  }

  static boolean setPassword(SqlWriter sql, byte[] setupHash, String passwordHash, Instant now) {
    return sql.execute(
            SET_PASSWORD.with("setup_hash", setupHash, "password_hash", passwordHash, "now", now))
        == 1;
  }

  static Account open(SqlWriter sql, Setup setup, NewToken token, Instant now, Instant expiresAt) {
    return sql.returning(
            OPEN_FIRST_SESSION.with(
                "company_id", setup.companyId(),
                "user_id", setup.userId(),
                "token_hash", token.hash(),
                "token_id", token.id(),
                "now", now,
                "expires_at", expiresAt),
            Account::of)
        .getFirst();
  }
}
