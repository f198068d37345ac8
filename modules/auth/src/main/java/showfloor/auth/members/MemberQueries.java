package showfloor.auth.members;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Limits;

/// Statements on the users of a company. Logins are no tenant's table: each statement names the
/// company. A login is held before its user, as at sign-in.
final class MemberQueries {
  private static final Sql LIST_MEMBERS =
      Sql.of(
          "auth.list_members",
          """
          select u.id, u.email, u.first_name, u.last_name, u.role,
            l.password_hash is not null as has_password, l.setup_expires_at, u.created_at
          from auth.users u join auth.logins l on l.company_id = u.company_id and l.user_id = u.id
          order by u.created_at, u.id
          """);

  private static final Sql ADD_MEMBER =
      Sql.of(
          "auth.add_member",
          """
          with person as (
            insert into auth.users
              (company_id, id, email, first_name, last_name, role, created_at)
            select c.company_id, :id, :email, :first_name, :last_name, :role, :created_at
            from auth.companies c
            where c.company_id = :company_id and (select count(*) from auth.users) < :most
            returning company_id, id, email
          )
          insert into auth.logins (email, company_id, user_id, setup_hash, setup_expires_at)
          select p.email, p.company_id, p.id, :setup_hash, :setup_expires_at from person p
          """);

  private static final Sql RENEW_LINK =
      Sql.of(
          "auth.renew_link",
          """
          with renewed as (
            update auth.logins l set setup_hash = :setup_hash, setup_expires_at = :setup_expires_at
            from auth.users u
            where u.id = :id and u.role = 'member'
              and l.company_id = :company_id and l.company_id = u.company_id and l.user_id = u.id
            returning l.user_id
          )
          select u.role, exists (select 1 from renewed) as done
          from auth.users u where u.id = :id
          """);

  private static final Sql REMOVE_MEMBER =
      Sql.of(
          "auth.remove_member",
          """
          with login as materialized (
            select user_id from auth.logins
            where company_id = :company_id and user_id = :id
            for update
          ), removed as (
            delete from auth.users u using login
            where u.id = login.user_id and u.role = 'member'
            returning u.id
          )
          select u.role, exists (select 1 from removed) as done
          from auth.users u where u.id = :id
          """);

  private MemberQueries() {}

  /// What became of a member.
  ///
  /// @param role before
  record Effect(String role, boolean done) {}

  static List<Member> list(SqlReader sql) {
    return sql.list(LIST_MEMBERS.with(), MemberQueries::member);
  }

  /// Whether there was room for one more.
  static boolean add(SqlWriter sql, UUID companyId, Member member, SetupLink link) {
    return sql.execute(
            ADD_MEMBER.with(
                "company_id", companyId,
                "id", member.id(),
                "email", member.email(),
                "first_name", member.firstName(),
                "last_name", member.lastName(),
                "role", member.role(),
                "created_at", member.createdAt(),
                "setup_hash", link.token().hash(),
                "setup_expires_at", link.expiresAt(),
                "most", Limits.USERS.value()))
        == 1;
  }

  /// Empty when there is no such user.
  static Optional<Effect> renewLink(SqlWriter sql, Caller caller, UUID userId, SetupLink link) {
    return sql
        .returning(
            RENEW_LINK.with(
                "company_id", caller.companyId(),
                "id", userId,
                "setup_hash", link.token().hash(),
                "setup_expires_at", link.expiresAt()),
            MemberQueries::effect)
        .stream()
        .findFirst();
  }

  /// Empty when there is no such user.
  static Optional<Effect> remove(SqlWriter sql, Caller caller, UUID userId) {
    return sql
        .returning(
            REMOVE_MEMBER.with("company_id", caller.companyId(), "id", userId),
            MemberQueries::effect)
        .stream()
        .findFirst();
  }

  private static Effect effect(Row row) {
    return new Effect(row.text("role"), row.bool("done"));
  }

  private static Member member(Row row) {
    return new Member(
        row.uuid("id"),
        row.text("email"),
        row.text("first_name"),
        row.text("last_name"),
        row.text("role"),
        row.bool("has_password"),
        row.instantOrNull("setup_expires_at"),
        row.instant("created_at"));
  }
}
