package showfloor.auth.account;

import java.util.Optional;
import java.util.UUID;
import showfloor.auth.throttle.AccountThrottle.Keys;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;

/// Statements on a user's own account.
final class AccountQueries {
  private static final Sql FIND_ACCOUNT =
      Sql.of(
          "auth.find_account",
          """
          select u.id, u.email, u.first_name, u.last_name, u.role,
            c.company_id, c.name as company_name, a.facts::text as access_facts
          from auth.users u
            join auth.companies c on c.company_id = u.company_id
            left join auth.access_of a on a.company_id = u.company_id
          where u.id = :id
          """);

  private static final Sql FIND_EMAIL =
      Sql.of(
          "auth.find_email",
          """
          select email from auth.users where id = :id
          """);

  /// Only while the password is still the one that was checked; its tries are forgiven.
  private static final Sql REPLACE_PASSWORD =
      Sql.of(
          "auth.replace_password",
          """
          with replaced as (
            update auth.logins set password_hash = :replacement
            where company_id = :company_id and user_id = :user_id and password_hash = :checked
            returning user_id
          ), held as (
            select t.key from auth.throttles t cross join replaced
            where t.key in (:account, :place)
            order by t.key for update of t
          ), forgiven as (
            update auth.throttles t set failures = 0, retry_at = to_timestamp(0)
            from held where t.key = held.key
          )
          select user_id from replaced
          """);

  private static final Sql END_OTHER_SESSIONS =
      Sql.of(
          "auth.end_other_sessions",
          """
          delete from auth.tokens
          where company_id = :company_id and user_id = :user_id and id <> :kept
          """);

  private AccountQueries() {}

  static Optional<Account> account(SqlReader sql, UUID userId) {
    return sql.find(FIND_ACCOUNT.with("id", userId), Account::of);
  }

  static Optional<String> email(SqlReader sql, UUID userId) {
    return sql.find(FIND_EMAIL.with("id", userId), row -> row.text("email"));
  }

  static boolean replacePassword(
      SqlWriter sql, Caller caller, String checked, String replacement, Keys tries) {
    return !sql.returning(
            REPLACE_PASSWORD.with(
                "company_id", caller.companyId(),
                "user_id", caller.userId(),
                "checked", checked,
                "replacement", replacement,
                "account", tries.account(),
                "place", tries.place()),
            row -> row.uuid("user_id"))
        .isEmpty();
  }

  static void endOtherSessions(SqlWriter sql, Caller caller) {
    sql.execute(
        END_OTHER_SESSIONS.with(
            "company_id", caller.companyId(),
            "user_id", caller.userId(),
            "kept", caller.tokenId()));
  }
}
