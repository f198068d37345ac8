package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import showfloor.dbapi.runtime.StartException;

/// What the login role is, and what it still lacks.
///
/// Three kinds of role: the owner of the database owns every object, one role per module has the
/// right to rows only, and the login may become each of them. Login and owner may be the same role.
///
/// @param version `server_version_num`
/// @param owner the database's owner
/// @param ownerCreatesRoles whether the owner has CREATEROLE
record Login(
    int version,
    String name,
    String database,
    String owner,
    boolean superuser,
    boolean bypassesRls,
    boolean actsAsOwner,
    boolean ownerCreatesRoles) {

  private static final int OLDEST = 150_000;

  /// Versions whose GRANT has a WITH clause for single options.
  private static final int GRANT_OPTIONS = 160_000;

  private static final int TRANSACTION_TIMEOUT = 170_000;

  static Login read(Unprefixed door) throws SQLException {
    return door.row(
        """
        select current_setting('server_version_num')::int, session_user, current_database(),
               o.rolname, l.rolsuper, l.rolbypassrls, pg_has_role(session_user, d.datdba, 'MEMBER'),
               o.rolcreaterole
          from pg_database d
          join pg_roles o on o.oid = d.datdba
          join pg_roles l on l.rolname = session_user
         where d.datname = current_database()\
        """,
        row ->
            new Login(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8)));
  }

  boolean limitsTransactions() {
    return version >= TRANSACTION_TIMEOUT;
  }

  /// Roles are cluster-wide, so a database's roles bear its name.
  String rolePrefix() {
    return database + "_";
  }

  String moduleRole(String module) {
    return rolePrefix() + module;
  }

  String definerRole(String module) {
    return moduleRole(module) + "_definer";
  }

  /// The roles of `modules`, definers too.
  String[] roles(String... modules) {
    return Stream.of(modules)
        .flatMap(module -> Stream.of(moduleRole(module), definerRole(module)))
        .toArray(String[]::new);
  }

  String create(String role) {
    return "create role %s nologin".formatted(Unprefixed.identifier(role));
  }

  /// The login may become `role`, but has none of its rights before.
  String grant(String role, String to) {
    return "grant %s to %s%s"
        .formatted(
            Unprefixed.identifier(role),
            Unprefixed.identifier(to),
            version >= GRANT_OPTIONS ? " with inherit false, set true" : "");
  }

  /// A condition on `pg_roles`: the login may SET ROLE to it.
  String canBecome() {
    return "pg_has_role(session_user, oid, '%s')"
        .formatted(version >= GRANT_OPTIONS ? "SET" : "MEMBER");
  }

  /// The owner hands functions over to a definer role while it migrates, then leaves it.
  private String grantForMigrations(String role) {
    return "grant %s to %s with %s"
        .formatted(
            Unprefixed.identifier(role),
            Unprefixed.identifier(owner),
            version >= GRANT_OPTIONS ? "admin true, inherit false, set false" : "admin option");
  }

  /// A condition on `pg_auth_members as am`: the member has or can take the role's rights. From 16
  /// on a role's maker is its member with neither.
  String membershipCounts() {
    return version >= GRANT_OPTIONS ? "(am.set_option or am.inherit_option)" : "true";
  }

  /// Refuses a login that policies would not hold, or that could not start at all.
  void refuseUnfit() {
    if (version < OLDEST) {
      throw new StartException(
          "PostgreSQL 15 or newer is needed, the server is " + version / 10_000, List.of());
    }
    if (superuser || bypassesRls) {
      throw new StartException(
          "the login role %s is %s: row-level security would not hold. Give Showfloor a login of its"
                  .formatted(name, superuser ? "a superuser" : "exempt from row-level security")
              + " own (an administrator runs):",
          List.of(
              "create role showfloor login createrole password '…'",
              "create database showfloor owner showfloor"));
    }
    if (!actsAsOwner) {
      throw new StartException(
          "the login role %s is not a member of %s, the owner of database %s. An administrator runs:"
              .formatted(name, owner, database),
          List.of(grant(owner, name)));
    }
  }

  /// Says what an administrator has to run where `missing` roles cannot be made from here.
  void refuseMissing(Collection<String> missing) {
    if (missing.isEmpty() || ownerCreatesRoles) {
      return;
    }
    List<String> statements = new ArrayList<>();
    for (String role : missing) {
      statements.add(
          "do $$ begin %s; exception when duplicate_object then end $$".formatted(create(role)));
      statements.add(role.endsWith("_definer") ? grantForMigrations(role) : grant(role, name));
    }
    throw new StartException(
        "%s may not create the module roles. An administrator runs these, or: alter role %s createrole"
            .formatted(owner, Unprefixed.identifier(owner)),
        statements);
  }

  /// Says what an administrator has to run where the owner cannot join `definers` for a migration.
  void refuseUngrantable(Collection<String> definers) {
    if (definers.isEmpty() || ownerCreatesRoles) {
      return;
    }
    throw new StartException(
        "%s may not join the definer roles of the migrations to run. An administrator runs these%s, or once: alter role %s createrole"
            .formatted(
                owner,
                version >= GRANT_OPTIONS ? "" : " before each start that migrates",
                Unprefixed.identifier(owner)),
        definers.stream().map(this::grantForMigrations).toList());
  }
}
