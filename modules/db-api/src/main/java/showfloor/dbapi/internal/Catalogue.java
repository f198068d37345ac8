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
    found.addAll(owners());
    found.addAll(functions());
    found.addAll(roles());
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

  /// Exactly one policy for everyone, on the tenant, for reading and writing. A policy for a single
  /// role may stand beside it only where nobody can become that role: a definer.
  private List<String> policies() throws SQLException {
    return door.texts(
        """
        with tenant as (
          select c.oid, n.nspname, c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = any(?) and c.relkind in ('r', 'p')
             and not n.nspname || '.' || c.relname = any(?))
        select format('table %s.%s: no tenant policy for all commands and roles', nspname, relname)
          from tenant
         where not exists (
           select 1 from pg_policy p
            where p.polrelid = tenant.oid and p.polcmd = '*' and p.polpermissive
              and p.polroles = '{0}'
              and pg_get_expr(p.polqual, p.polrelid) = ?
              and pg_get_expr(p.polwithcheck, p.polrelid) = ?)
        union all
        select format('table %s.%s: policy %s opens it to others than a definer role',
                      nspname, relname, p.polname)
          from tenant join pg_policy p on p.polrelid = tenant.oid
         where p.polpermissive
           and not (p.polroles = '{0}' and pg_get_expr(p.polqual, p.polrelid) = ?)
           and exists (
             select 1 from unnest(p.polroles) as r (role)
              left join pg_roles on pg_roles.oid = r.role
              where pg_roles.rolname is null or not pg_roles.rolname like '%\\_definer'
                or p.polcmd <> 'r')
         order by 1\
        """,
        modules, systemTables, POLICY, POLICY, POLICY);
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

  private List<String> owners() throws SQLException {
    return door.texts(
        """
        select format('%s.%s: owned by %s, not by %s', n.nspname, c.relname, r.rolname, ?)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_roles r on r.oid = c.relowner
         where n.nspname = any(?) and c.relkind in ('r', 'p', 'v', 'm', 'S')
           and r.rolname <> ?
        union all
        select format('schema %s: owned by %s, not by %s', n.nspname, r.rolname, ?)
          from pg_namespace n join pg_roles r on r.oid = n.nspowner
         where n.nspname = any(?) and r.rolname <> ?
        union all
        select format('view %s.%s: a materialized view has no row-level security',
                      n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any(?) and c.relkind = 'm'
        union all
        select format('%s.%s: %s has rights that only a module''s own role may have',
                      n.nspname, c.relname, coalesce(g.rolname, 'PUBLIC'))
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          cross join lateral aclexplode(c.relacl) as a
          left join pg_roles g on g.oid = a.grantee
         where n.nspname = any(?) and c.relkind in ('r', 'p')
           and a.grantee <> c.relowner
           and g.rolname is distinct from ? || n.nspname
           and (g.rolname = ? || n.nspname || '_definer' and a.privilege_type = 'SELECT') is not true
         order by 1\
        """,
        login.owner(),
        modules,
        login.owner(),
        login.owner(),
        modules,
        login.owner(),
        modules,
        modules,
        login.rolePrefix(),
        login.rolePrefix());
  }

  private List<String> functions() throws SQLException {
    return door.texts(
        """
        select format('function %s: SECURITY DEFINER without a pinned search_path', p.oid::regprocedure)
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname = any(?) and p.prosecdef
           and not exists (
             select 1 from unnest(p.proconfig) as c (setting) where c.setting like 'search_path=%%')
        union all
        select format('function %s: PUBLIC may execute it', p.oid::regprocedure)
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname = any(?) and has_function_privilege('public', p.oid, 'EXECUTE')
         order by 1\
        """
            .replace("%%", "%"),
        modules,
        modules);
  }

  private List<String> roles() throws SQLException {
    String[] roles =
        Stream.of(modules)
            .flatMap(m -> Stream.of(login.moduleRole(m), login.definerRole(m)))
            .toArray(String[]::new);
    return door.texts(
        """
        select format('role %s: may log in, bypass row-level security, or create', rolname)
          from pg_roles
         where rolname = any(?)
           and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
        union all
        select format('role %s: %s can become it', d.rolname, m.rolname)
          from pg_roles d
          join pg_auth_members am on am.roleid = d.oid
          join pg_roles m on m.oid = am.member
         where d.rolname = any(?) and d.rolname like '%\\_definer'
           and not m.rolsuper and COUNTS
         order by 1\
        """
            .replace("COUNTS", login.membershipCounts()),
        roles,
        roles);
  }
}
