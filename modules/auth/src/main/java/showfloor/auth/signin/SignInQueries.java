package showfloor.auth.signin;

import java.time.Instant;
import java.util.Optional;
import showfloor.auth.account.Account;
import showfloor.auth.account.Profile;
import showfloor.auth.session.NewToken;
import showfloor.auth.throttle.AccountThrottle.Keys;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;

/// Statements of registration and sign-in.
final class SignInQueries {
  /// The company, its owner, the login and the first session: all or nothing.
  private static final Sql REGISTER =
      Sql.of(
          "auth.register_company",
          """
          with company as (
            insert into auth.companies (company_id, name, created_at)
            values (:company_id, :company_name, :now)
          ), owner as (
            insert into auth.users
              (company_id, id, email, first_name, last_name, role, created_at)
            values (:company_id, :user_id, :email, :first_name, :last_name, :role, :now)
          ), login as (
            insert into auth.logins (email, company_id, user_id, password_hash)
            values (:email, :company_id, :user_id, :password_hash)
          )
          insert into auth.tokens
            (token_hash, id, company_id, user_id, role, created_at, last_used_at, expires_at)
          values
            (:token_hash, :token_id, :company_id, :user_id, :role, :now, :now, :expires_at)
          """);

  /// Opens a session, if the password is still the one that was checked; locks the login against a
  /// change of password at the same moment. Forgives the tries, remembers the network, removes
  /// twenty expired tokens of anyone.
  private static final Sql OPEN_SESSION =
      Sql.of(
          "auth.open_session",
          """
          with login as (
            select company_id, user_id from auth.logins
            where email = :email and password_hash = :checked for share
          ), held as (
            select t.key from auth.throttles t cross join login
            where t.key in (:account, :place)
            order by t.key for update of t
          ), forgiven as (
            update auth.throttles t
            set failures = 0, retry_at = to_timestamp(0), known = t.known or t.key = :place,
              forget_at = case when t.key = :place then :known_until else t.forget_at end
            from held where t.key = held.key
          ), expired as (
            delete from auth.tokens where token_hash in (
              select token_hash from auth.tokens where expires_at <= :now
              order by expires_at limit 20 for update skip locked)
          ), opened as (
            insert into auth.tokens
              (token_hash, id, company_id, user_id, role, created_at, last_used_at, expires_at)
            select :token_hash, :token_id, u.company_id, u.id, u.role, :now, :now, :expires_at
            from login join auth.users u on u.company_id = login.company_id and u.id = login.user_id
          )
          select u.id, u.email, u.first_name, u.last_name, u.role,
            c.company_id, c.name as company_name, a.facts::text as access_facts
          from login
            join auth.users u on u.company_id = login.company_id and u.id = login.user_id
            join auth.companies c on c.company_id = u.company_id
            left join auth.access_of a on a.company_id = u.company_id
          """);

  private static final Sql RENEW_HASH =
      Sql.of(
          "auth.renew_hash",
          """
          update auth.logins set password_hash = :renewed
          where email = :email and password_hash = :checked
          """);

  private static final Sql FIND_HASH =
      Sql.of("auth.find_hash", "select password_hash from auth.logins where email = :email");

  private SignInQueries() {}

  /// @param expiresAt of the token
  /// @param knownUntil how long the network stays one from which the account was signed in to
  record Moment(Instant now, Instant expiresAt, Instant knownUntil) {}

  static void register(
      SqlWriter sql, Profile owner, String passwordHash, NewToken token, Moment moment) {
    sql.execute(
        REGISTER.with(
            "company_id", owner.companyId(),
            "company_name", owner.companyName(),
            "user_id", owner.id(),
            "email", owner.email(),
            "first_name", owner.firstName(),
            "last_name", owner.lastName(),
            "role", owner.role(),
            "password_hash", passwordHash,
            "token_hash", token.hash(),
            "token_id", token.id(),
            "now", moment.now(),
            "expires_at", moment.expiresAt()));
  }

  static Optional<Account> open(
      SqlWriter sql, String email, String checked, Keys tries, NewToken token, Moment moment) {
    return sql
        .returning(
            OPEN_SESSION.with(
                "email", email,
                "checked", checked,
                "account", tries.account(),
                "place", tries.place(),
                "token_hash", token.hash(),
                "token_id", token.id(),
                "now", moment.now(),
                "known_until", moment.knownUntil(),
                "expires_at", moment.expiresAt()),
            Account::of)
        .stream()
        .findFirst();
  }

  static Optional<String> findHash(SqlReader sql, String email) {
    return sql.find(FIND_HASH.with("email", email), row -> row.text("password_hash"));
  }

  static boolean renewHash(SqlWriter sql, String email, String checked, String renewed) {
    return sql.execute(RENEW_HASH.with("email", email, "checked", checked, "renewed", renewed))
        == 1;
  }
}
