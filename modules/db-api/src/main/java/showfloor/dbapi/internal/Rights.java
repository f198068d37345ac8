package showfloor.dbapi.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Proves from PostgreSQL's own catalogue that nobody has rights beyond its module: owners, grants
/// on tables and columns, roles, and the code that runs on the server.
final class Rights {
  /// Code that would change who the session is: row-level security does not hold against it.
  private static final String ESCAPES =
      "set_config|pg_settings|(^|;|\\m(begin|then|else|loop)|\\mexecute\\s*(format\\s*)?\\(?\\s*'+)"
          + "\\s*(set|reset)\\s";

  /// Code that would leave something in the session for whoever gets it next.
  private static final String KEEPS =
      "pg_(try_)?advisory_lock|setseed|\\m(listen|prepare|dblink\\w*|temp|temporary)\\M"
          + "|with\\s+hold";

  private final Unprefixed door;
  private final Login login;
  private final String[] modules;

  Rights(Unprefixed door, Login login, String[] modules) {
    this.door = door;
    this.login = login;
    this.modules = modules;
  }

  List<String> violations() throws SQLException {
    List<String> found = new ArrayList<>(owners());
    found.addAll(grants());
    found.addAll(views());
    found.addAll(functions());
    found.addAll(escapes());
    found.addAll(roles());
    return found;
  }

  private List<String> owners() throws SQLException {
    return door.texts(
        """
        select format('%s.%s: owned by %s, not by %s', n.nspname, c.relname, r.rolname, ?)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_roles r on r.oid = c.relowner
         where n.nspname = any(?) and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
           and r.rolname <> ?
        union all
        select format('schema %s: owned by %s, not by %s', n.nspname, r.rolname, ?)
          from pg_namespace n join pg_roles r on r.oid = n.nspowner
         where n.nspname = any(?) and r.rolname <> ?
        union all
        select format('view %s.%s: a materialized view has no row-level security, nor a foreign table',
                      n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any(?) and c.relkind in ('m', 'f')
         order by 1\
        """,
        login.owner(), modules, login.owner(), login.owner(), modules, login.owner(), modules);
  }

  private List<String> grants() throws SQLException {
    return door.texts(
        """
        with granted as (
          select n.nspname, c.relname, c.relowner, '' as part, a.grantee, a.privilege_type
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join lateral aclexplode(c.relacl) as a
           where n.nspname = any(?) and c.relkind in ('r', 'p')
          union all
          select n.nspname, c.relname, c.relowner, ' on ' || t.attname, a.grantee, a.privilege_type
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute t on t.attrelid = c.oid
            cross join lateral aclexplode(t.attacl) as a
           where n.nspname = any(?) and c.relkind in ('r', 'p'))
        select distinct
               format('%s.%s: %s has rights%s that only a module''s own role may have',
                      nspname, relname, coalesce(g.rolname, 'PUBLIC'), part)
          from granted left join pg_roles g on g.oid = granted.grantee
         where granted.grantee <> relowner
           and (g.rolname = ? || nspname
             and privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) is not true
           and (g.rolname = ? || nspname || '_definer' and privilege_type = 'SELECT') is not true
         order by 1\
        """,
        modules, modules, login.rolePrefix(), login.rolePrefix());
  }

  /// A view reads for whoever it is published to. With a right to write, which default privileges
  /// give the module itself, another module's table could be written through it.
  private List<String> views() throws SQLException {
    return door.texts(
        """
        select distinct format('view %s.%s: %s may write through it', n.nspname, c.relname,
                               coalesce(g.rolname, 'PUBLIC'))
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          cross join lateral aclexplode(c.relacl) as a
          left join pg_roles g on g.oid = a.grantee
         where n.nspname = any(?) and c.relkind = 'v' and a.grantee <> c.relowner
           and a.privilege_type <> 'SELECT'
         order by 1\
        """,
        (Object) modules);
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

  private List<String> escapes() throws SQLException {
    return door.texts(
        """
        select format('function %s: changes the role, the tenant or another setting', p.oid::regprocedure)
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname = any(?)
           and (p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '') ~* ?
             or exists (
               select 1 from unnest(p.proconfig) as c (setting)
                where c.setting ~* '^(role|session_authorization|app[.])'))
        union all
        select format('function %s: leaves something in the session', p.oid::regprocedure)
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname = any(?)
           and p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '') ~* ?
        union all
        select format('view %s.%s: changes the role, the tenant or another setting',
                      n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any(?) and c.relkind = 'v' and pg_get_viewdef(c.oid) ~* ?
         order by 1\
        """,
        modules, ESCAPES, modules, KEEPS, modules, ESCAPES);
  }

  private List<String> roles() throws SQLException {
    String[] roles = login.roles(modules);
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
        union all
        select format('role %s: has the rights of %s, it may have its own only', m.rolname, d.rolname)
          from pg_roles m
          join pg_auth_members am on am.member = m.oid
          join pg_roles d on d.oid = am.roleid
         where m.rolname = any(?)
         order by 1\
        """
            .replace("COUNTS", login.membershipCounts()),
        roles,
        roles,
        roles);
  }
}
