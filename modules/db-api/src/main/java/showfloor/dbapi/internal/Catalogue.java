package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import showfloor.dbapi.Schema;

/// Proves from PostgreSQL's own catalogue that tenants and modules are kept apart, for every table
/// there is: row-level security forced, the tenant first in every key, one owner, no stray rights.
public final class Catalogue {
  private static final String POLICY =
      "(company_id = (current_setting('app.company_id'::text))::uuid)";

  private final Unprefixed door;
  private final Login login;
  private final String[] modules;
  private final String[] systemTables;

  Catalogue(Unprefixed door, Login login, List<Schema> schemas) {
    this.door = door;
    this.login = login;
    this.modules = schemas.stream().map(Schema::module).toArray(String[]::new);
    this.systemTables =
        Stream.concat(
                Stream.of("dbapi.migrations"),
                schemas.stream()
                    .flatMap(
                        s -> s.systemTables().keySet().stream().map(t -> s.module() + "." + t)))
            .toArray(String[]::new);
  }

  /// What is wrong, one sentence each; empty when all is well.
  List<String> violations() throws SQLException {
    List<String> found = new ArrayList<>();
    found.addAll(tables());
    found.addAll(policies());
    found.addAll(keys());
    found.addAll(strays());
    found.addAll(new Rights(door, login, modules).violations());
    return found;
  }

  private List<String> tables() throws SQLException {
    return door.texts(
        """
        select format('table %s.%s: row-level security is not enabled and forced',
                      n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any(?) and c.relkind in ('r', 'p')
           and not n.nspname || '.' || c.relname = any(?)
           and not (c.relrowsecurity and c.relforcerowsecurity)
         order by 1\
        """,
        modules, systemTables);
  }

  /// One policy for everyone, on the tenant, for reading and writing. A policy for a single role
  /// may stand beside it only where nobody can become that role, and for reading: the module's
  /// definer.
  private List<String> policies() throws SQLException {
    return door.texts(
        """
        with tenant as (
          select c.oid, n.nspname, c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = any(?) and c.relkind in ('r', 'p')
             and not n.nspname || '.' || c.relname = any(?)),
        policy as (
          select tenant.*, p.polname, p.polcmd, p.polroles, p.polpermissive,
                 (pg_get_expr(p.polqual, p.polrelid) = ?
                   and pg_get_expr(p.polwithcheck, p.polrelid) = ?) is true as on_tenant
            from tenant join pg_policy p on p.polrelid = tenant.oid)
        select format('table %s.%s: no tenant policy for all commands and roles', nspname, relname)
          from tenant
         where not exists (
           select 1 from policy p
            where p.oid = tenant.oid and p.on_tenant and p.polcmd = '*' and p.polpermissive
              and p.polroles = '{0}')
        union all
        select format('table %s.%s: policy %s opens it to others than a definer role',
                      nspname, relname, p.polname)
          from policy p
         where p.polpermissive and not p.on_tenant
           and (p.polcmd <> 'r' or exists (
             select 1 from unnest(p.polroles) as r (role)
              left join pg_roles on pg_roles.oid = r.role
              where pg_roles.rolname is distinct from ? || p.nspname || '_definer'))
         order by 1\
        """,
        modules, systemTables, POLICY, POLICY, login.rolePrefix());
  }

  /// Tables beside the modules' schemas: no policy, key or owner of theirs is looked at.
  private List<String> strays() throws SQLException {
    return door.texts(
        """
        select format('table %s.%s: belongs to no module', n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'f', 'm') and not n.nspname = any(?)
           and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
           and (n.nspname = 'public' and pg_get_userbyid(c.relowner) = ?
             or exists (
               select 1 from pg_roles m
                where m.rolname = any(?)
                  and has_schema_privilege(m.oid, n.oid, 'usage')
                  and has_any_column_privilege(m.oid, c.oid, 'select, insert, update')))
           and not exists (
             select 1 from pg_depend d
              where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
         order by 1\
        """,
        modules, login.owner(), login.roles(modules));
  }

  private List<String> keys() throws SQLException {
    return door.texts(
        """
        with tenant as (
          select c.oid, n.nspname, c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = any(?) and c.relkind in ('r', 'p')
             and not n.nspname || '.' || c.relname = any(?))
        select format('table %s.%s: key %s does not begin with company_id',
                      t.nspname, t.relname, k.conname)
          from tenant t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f')
          join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1]
         where a.attname <> 'company_id'
        union all
        select format('table %s.%s: unique index %s does not begin with company_id',
                      t.nspname, t.relname, i.indexrelid::regclass)
          from tenant t join pg_index i on i.indrelid = t.oid and i.indisunique
          left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
         where a.attname is distinct from 'company_id'
        union all
        select format('table %s.%s: has no primary key', t.nspname, t.relname)
          from tenant t
         where not exists (
           select 1 from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')
         order by 1\
        """,
        modules, systemTables);
  }
}
