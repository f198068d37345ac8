package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Sha256;
import showfloor.dbapi.runtime.StartException;

/// Brings the database to the state that the modules describe: roles, schemas, and each module's
/// migrations, in one transaction on one lease, under a lock that a second replica waits for.
///
/// Small and ours because a library needs two or three connections at once (measured), which a pool
/// whose leases do not nest will not give.
final class Migrations {
  private static final Logger LOG = System.getLogger(Migrations.class.getName());

  // Any constant will do, as long as every replica uses the same.
  static final long LOCK = 0x5f10_0f10;

  private final Unprefixed door;
  private final Login login;
  private final List<Schema> schemas;

  Migrations(Unprefixed door, Login login, List<Schema> schemas) {
    this.door = door;
    this.login = login;
    this.schemas = schemas;
  }

  /// Runs what has not run yet. `StartException` names the migration that failed, or that was
  /// changed after it had run; then nothing is changed.
  void run() throws SQLException {
    door.inTransaction(
        () -> {
          waitForAsLongAsItTakes();
          door.rows("select pg_advisory_xact_lock(?)", row -> 1, LOCK);
          createRoles();
          door.run("set local role " + Unprefixed.identifier(login.owner()));
          createPlatform();
          List<Pending> pending = pending();
          refuseUngrantable(pending);
          for (Schema schema : schemas) {
            List<Pending> own = pending.stream().filter(p -> p.schema().equals(schema)).toList();
            if (!own.isEmpty()) {
              migrate(schema, own);
            }
          }
          if (!pending.isEmpty()) {
            refuseViolations();
          }
        });
  }

  /// The role's limits are those of requests: a replica that waits for another one's long migration
  /// would not start. The lease's own deadline stays.
  private void waitForAsLongAsItTakes() throws SQLException {
    door.run(
        """
        set local lock_timeout = 0;
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0\
        """);
  }

  private record Pending(Schema schema, Schema.Migration migration, String checksum) {}

  private void createRoles() throws SQLException {
    List<String> wanted = new ArrayList<>();
    for (Schema schema : schemas) {
      wanted.add(login.moduleRole(schema.module()));
      wanted.add(login.definerRole(schema.module()));
    }
    List<String> existing = door.texts("select rolname from pg_roles");
    List<String> grantable =
        door.texts(
            "select rolname from pg_roles where rolname <> session_user and " + login.canBecome());
    List<String> missing =
        wanted.stream()
            .filter(role -> !existing.contains(role) || needsGrant(role, grantable))
            .toList();
    login.refuseMissing(missing);
    if (missing.isEmpty()) {
      return;
    }
    door.run("set local role " + Unprefixed.identifier(login.owner()));
    for (String role : missing) {
      if (!existing.contains(role)) {
        door.run(login.create(role));
      }
      if (needsGrant(role, grantable)) {
        door.run(login.grant(role, login.name()));
      }
    }
    door.run("reset role");
  }

  /// The login becomes module roles; a definer role is nobody's to become.
  private static boolean needsGrant(String role, List<String> grantable) {
    return !role.endsWith("_definer") && !grantable.contains(role);
  }

  private void createPlatform() throws SQLException {
    if (!door.texts("select 1 from pg_namespace where nspname = 'dbapi'").isEmpty()) {
      return;
    }
    door.run(
        """
        create schema ext;
        grant usage on schema ext to public;
        create extension if not exists pg_trgm schema ext;
        create extension if not exists btree_gin schema ext;
        create extension if not exists unaccent schema ext;
        alter default privileges revoke execute on functions from public;
        create schema dbapi;
        create table dbapi.migrations (
          module text not null,
          version int not null,
          name text not null,
          checksum text not null,
          applied_at timestamptz not null default now(),
          primary key (module, version))\
        """);
  }

  private List<Pending> pending() throws SQLException {
    Map<String, String> applied = new HashMap<>();
    door.rows(
        "select module || '/' || version, checksum from dbapi.migrations",
        row -> applied.put(row.getString(1), row.getString(2)));
    List<Pending> pending = new ArrayList<>();
    for (Schema schema : schemas) {
      for (Schema.Migration migration : schema.migrations()) {
        String checksum = checksum(migration.text());
        String before = applied.remove(schema.module() + "/" + migration.version());
        if (before == null) {
          pending.add(new Pending(schema, migration, checksum));
        } else if (!before.equals(checksum)) {
          throw new StartException(
              "migration %s/%s was changed after it had run here; undo the change and add a new one"
                  .formatted(schema.module(), migration.name()),
              List.of());
        }
      }
    }
    refuseNewer(applied);
    return pending;
  }

  private void refuseNewer(Map<String, String> unknown) {
    List<String> newer =
        unknown.keySet().stream()
            .filter(key -> schemas.stream().anyMatch(s -> key.startsWith(s.module() + "/")))
            .sorted()
            .toList();
    if (!newer.isEmpty()) {
      throw new StartException(
          "the database is newer than this program: it has migrations %s".formatted(newer),
          List.of());
    }
  }

  /// Before 16 a role that leaves another one loses its right to come back, unless it may create
  /// roles.
  private void refuseUngrantable(List<Pending> pending) throws SQLException {
    String[] definers =
        pending.stream().map(p -> login.definerRole(p.schema().module())).toArray(String[]::new);
    login.refuseUngrantable(
        door.texts(
            """
            select rolname from pg_roles
             where rolname = any(?) and not pg_has_role(?, oid, 'MEMBER WITH ADMIN OPTION')
             order by 1\
            """,
            definers,
            login.owner()));
  }

  private void migrate(Schema schema, List<Pending> migrations) throws SQLException {
    String definer = Unprefixed.identifier(login.definerRole(schema.module()));
    String owner = Unprefixed.identifier(login.owner());
    door.run(login.grant(login.definerRole(schema.module()), login.owner()));
    door.run(
        fill(
            schema,
            """
            create schema if not exists "%1$s";
            grant usage on schema "%1$s" to ${role}, ${definer};
            alter default privileges in schema "%1$s"
              grant select, insert, update, delete on tables to ${role}\
            """
                .formatted(schema.module())));
    for (Pending pending : migrations) {
      Schema.Migration migration = pending.migration();
      long began = System.nanoTime();
      try {
        door.run(fill(schema, migration.text()));
      } catch (SQLException e) {
        throw new StartException(
            "migration %s/%s failed: %s"
                .formatted(schema.module(), migration.name(), e.getMessage()),
            e);
      }
      door.update(
          "insert into dbapi.migrations (module, version, name, checksum) values (?, ?, ?, ?)",
          schema.module(),
          migration.version(),
          migration.name(),
          pending.checksum());
      LOG.log(
          Level.INFO,
          "Migrated {0}/{1} in {2} ms",
          schema.module(),
          migration.name(),
          (System.nanoTime() - began) / 1_000_000);
    }
    door.run("revoke %s from %s".formatted(definer, owner));
  }

  /// `${role}` and `${definer}` are the module's, `${role.other}` another's, `${owner}`
  /// everything's.
  private String fill(Schema schema, String text) {
    String filled =
        text.replace("${owner}", Unprefixed.identifier(login.owner()))
            .replace("${role}", Unprefixed.identifier(login.moduleRole(schema.module())))
            .replace("${definer}", Unprefixed.identifier(login.definerRole(schema.module())));
    for (Schema other : schemas) {
      filled =
          filled.replace(
              "${role." + other.module() + "}",
              Unprefixed.identifier(login.moduleRole(other.module())));
    }
    return filled;
  }

  private void refuseViolations() throws SQLException {
    List<String> violations = new Catalogue(door, login, schemas).violations();
    if (!violations.isEmpty()) {
      throw new StartException(
          "the migrations leave the database open:\n  " + String.join("\n  ", violations),
          List.of());
    }
  }

  private static String checksum(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.replace("\r\n", "\n")));
  }
}
