package showfloor.auth.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import showfloor.auth.AuthSettings;
import showfloor.auth.throttle.AccountThrottle.Keys;
import showfloor.auth.throttle.AccountThrottle.Login;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;

/// Statements on the counters of tries.
final class ThrottleQueries {
  /// Judges a try, counts it, finds the login and forgets five stale counters, in one round trip.
  ///
  /// It is counted before it is known to fail, so that a burst cannot outrun the counter; a refused
  /// one is not counted, so that hammering at one place cannot hold up the others. Rows are locked
  /// in order of their keys.
  private static final Sql COUNT_TRY =
      Sql.of(
          "auth.count_try",
          """
          with rule (key, free) as (
            values (:account::bytea, :per_account::integer), (:place::bytea, :per_place::integer)
          ), held as (
            select key, retry_at, known from auth.throttles
            where key in (:account, :place)
            order by key for update
          ), verdict as (
            select coalesce(
              max(h.retry_at) filter (
                where h.key = :place
                  or not exists (select 1 from held p where p.key = :place and p.known)),
              to_timestamp(0)) as retry_at
            from held h
          ), counted as (
            insert into auth.throttles as t (key, failures, retry_at, known, forget_at)
            select r.key, 1, to_timestamp(0), false, :forget_at
            from verdict v cross join rule r
            where v.retry_at <= :now
            order by r.key
            on conflict (key) do update
            set (failures, retry_at, forget_at) = (
              select n.failures,
                case when n.failures < r.free then to_timestamp(0)
                  else :now::timestamptz + make_interval(secs =>
                    least(:longest_pause::float8, power(2, least(n.failures - r.free, 30)))) end,
                greatest(t.forget_at, excluded.forget_at)
              from rule r, (
                select case when t.forget_at <= :now then 1 else t.failures + 1 end as failures) n
              where r.key = t.key)
          ), forgotten as (
            delete from auth.throttles where key in (
              select key from auth.throttles
              where forget_at <= :now and key not in (:account, :place)
              order by forget_at limit 5 for update skip locked)
          )
          select v.retry_at > :now as refused, v.retry_at, l.company_id, l.user_id, l.password_hash
          from verdict v left join auth.logins l on l.email = :email
          """);

  private ThrottleQueries() {}

  /// @param refused it was not counted: no try before `retryAt`
  record Counted(boolean refused, Instant retryAt, Optional<Login> login) {}

  static Counted count(
      SqlWriter sql, String email, Keys keys, AuthSettings.Throttling rules, Instant now) {
    return sql.returning(
            COUNT_TRY.with(
                "account", keys.account(),
                "place", keys.place(),
                "per_account", rules.perAccount(),
                "per_place", rules.perPlace(),
                "longest_pause", (double) rules.longestPause().toSeconds(),
                "now", now,
                "forget_at", now.plus(Duration.ofDays(1)),
                "email", email),
            ThrottleQueries::counted)
        .getFirst();
  }

  private static Counted counted(Row row) {
    // A member who has not set a password yet can no more sign in than somebody unknown.
    String hash = row.textOrNull("password_hash");
    return new Counted(
        row.bool("refused"),
        row.instant("retry_at"),
        hash == null
            ? Optional.empty()
            : Optional.of(new Login(row.uuid("company_id"), row.uuid("user_id"), hash)));
  }
}
