package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import showfloor.dbapi.Schema;
import showfloor.dbapi.Schema.Migration;
import showfloor.dbapi.runtime.StartException;

/// Each way to open the database is refused by the end of its own migration, and leaves nothing.
class CatalogueTest {
  private static final String TABLE =
      "create table shop.bad (company_id uuid not null, id int not null, primary key (company_id,"
          + " id));";

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          TABLE                                                                       | row-level security is not enabled and forced
          TABLE select dbapi.protect_tenant_table('shop.bad'); alter table shop.bad no force row level security | not enabled and forced
          TABLE alter table shop.bad enable row level security; alter table shop.bad force row level security   | no tenant policy
          TABLE select dbapi.protect_tenant_table('shop.bad'); create policy p on shop.bad using (true)         | policy p opens it
          TABLE select dbapi.protect_tenant_table('shop.bad'); create policy p on shop.bad for select to ${role} using (true) | policy p opens it
          create table shop.bad (id int primary key, company_id uuid); select dbapi.protect_tenant_table('shop.bad') | key bad_pkey does not begin with company_id
          TABLE select dbapi.protect_tenant_table('shop.bad'); create unique index u on shop.bad (id)           | unique index shop.u does not begin
          create table shop.bad (company_id uuid); select dbapi.protect_tenant_table('shop.bad')                | has no primary key
          TABLE select dbapi.protect_tenant_table('shop.bad'); create materialized view shop.m as select 1 as x | materialized view has no row-level
          TABLE select dbapi.protect_tenant_table('shop.bad'); grant select on shop.bad to public               | PUBLIC has rights
          TABLE select dbapi.protect_tenant_table('shop.bad'); grant select on shop.bad to ${role.other}        | has rights that only
          TABLE select dbapi.protect_tenant_table('shop.bad'); create policy p on shop.bad for insert with check (true) | policy p opens it
          TABLE select dbapi.protect_tenant_table('shop.bad'); create policy p on shop.bad for insert to ${definer} with check (true) | policy p opens it
          TABLE select dbapi.protect_tenant_table('shop.bad'); create policy p on shop.bad for update using (company_id = current_setting('app.company_id')::uuid) with check (true) | policy p opens it
          TABLE select dbapi.protect_tenant_table('shop.bad'); create policy p on shop.bad using (company_id = current_setting('app.company_id')::uuid or true) | policy p opens it
          TABLE select dbapi.protect_tenant_table('shop.bad'); grant select (id) on shop.bad to ${role.other}   | rights on id that only
          TABLE select dbapi.protect_tenant_table('shop.bad'); grant update (id) on shop.bad to public          | PUBLIC has rights on id
          TABLE select dbapi.protect_tenant_table('shop.bad'); grant truncate on shop.bad to ${role}            | has rights that only
          create view shop.v as select 1 as x                                                                   | _shop may write through it
          create view shop.v as select 1 as x; revoke insert, update, delete on shop.v from ${role}; grant update (x) on shop.v to ${role.other}; grant delete on shop.v to public | PUBLIC may write through it
          create table public.bad (id int primary key)                                                          | table public.bad: belongs to no module
          create schema side; grant usage on schema side to ${role}; create table side.bad (id int); grant select (id) on side.bad to ${role} | table side.bad: belongs to no module
          grant ${role.other} to ${role}                                                                        | has the rights of
          FUNCTION 'select set_config(''app.company_id'', ''x'', true)'; REVOKED                                | function shop.f(): changes the role
          FUNCTION 'update pg_settings set setting = 1 where name = ''role''; select 1::text'; REVOKED          | function shop.f(): changes the role
          set local check_function_bodies = off; FUNCTION 'select 1::text' set role = 'none'; REVOKED           | function shop.f(): changes the role
          create function shop.f() returns text language plpgsql as 'begin set local role x; return 1; end'; REVOKED | function shop.f(): changes the role
          create function shop.f() returns text language plpgsql as 'begin execute ''set role x''; return 1; end'; REVOKED | function shop.f(): changes the role
          create function shop.f() returns text return set_config('role', 'x', true); REVOKED | function shop.f(): changes the role
          FUNCTION 'select pg_advisory_lock(1)::text'; REVOKED                                                  | function shop.f(): leaves something in the session
          FUNCTION 'select setseed(0.5)::text'; REVOKED                                                         | function shop.f(): leaves something in the session
          create function shop.f() returns text language plpgsql as 'begin listen news; return 1; end'; REVOKED | function shop.f(): leaves something in the session
          create function shop.f() returns text language plpgsql as 'begin create temp table kept (i int); return 1; end'; REVOKED | function shop.f(): leaves something in the session
          create view shop.v as select set_config('app.company_id', 'x', true) as x; revoke insert, update, delete on shop.v from ${role} | view shop.v: changes the role
          create function shop.f() returns int language sql security definer as 'select 1'                      | without a pinned search_path
          create function shop.f() returns int language sql as 'select 1'; grant execute on function shop.f() to public | PUBLIC may execute it
          alter role ${role} createrole                                               | may log in, bypass
          """)
  void anOpenDoorFailsTheStart(String sql, String finding) {
    var config = TestServer.emptyDatabase(Rig.pool(1));
    Pool pool = Pool.open(config);
    try {
      pool.migrate(List.of(Rig.SHOP, Rig.OTHER));
      Migration bad = new Migration(2, "V2__bad.sql", filled(sql) + ";");
      Schema shop = new Schema("shop", List.of(Rig.SHOP.migrations().getFirst(), bad), Map.of());
      assertThatThrownBy(() -> pool.migrate(List.of(shop, Rig.OTHER)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("leave the database open")
          .hasMessageContaining(finding);
      assertThat(pool.violations(List.of(Rig.SHOP, Rig.OTHER))).as("rolled back").isEmpty();
    } finally {
      pool.close(java.time.Duration.ofSeconds(2));
    }
  }

  private static String filled(String sql) {
    return sql.replace("TABLE", TABLE)
        .replace("FUNCTION", "create function shop.f() returns text language sql as")
        .replace("REVOKED", "revoke all on function shop.f() from public");
  }
}
