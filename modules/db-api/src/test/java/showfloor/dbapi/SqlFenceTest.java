package showfloor.dbapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFenceTest {

  @Test
  void testsRunInTheNamedModule() {
    assertThat(getClass().getModule().getName()).isEqualTo("showfloor.dbapi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id, name from shop.items where id = :id",
        "select count(*) as n from shop.items",
        "select i.id from shop.items as i where exists (select 1 from shop.items as j)",
        "insert into shop.items (id, name) values (:id, :name) on conflict (id) do nothing",
        "insert into shop.items (id) select unnest(cast(:ids as int[])) returning id",
        "update shop.items set name = :name where id = any(:ids) returning id, name",
        "delete from shop.items where id in (1, 2)",
        "merge into shop.items as t using shop.items as s on t.id = s.id when matched then delete",
        "with a (id) as (select 1), b as materialized (select 2 as x) select a.id from a",
        "select id from shop.search(:query, 20)",
        "select coalesce(max(id), 0) as top, lower(trim(name)) as n from shop.items group by 2",
        "select row_number() over (partition by name order by id) as r from shop.items",
        "select 'set_config is a word here; drop table' as t from shop.items -- set role x\n",
        "select id::text as t, name from shop.items /* ; reset role */ for update",
        "select pg_advisory_xact_lock(:key) as locked",
        "select ext.similarity(name, :q) as s from shop.items",
        "select pg_catalog.lower(i.name) as n from shop.items as i where i.id * 2 > 1.5",
        "select id, (a + b) * (c - d) as area, count(*) filter (where id > 0) as n from shop.items",
        "select distinct on (id) id, price * :factor as p from shop.items where name ~* :pattern",
        "insert into shop.items (id) values (:id) on conflict (id) do update set id = excluded.id",
        "with gone as (delete from shop.items returning id) select all count(*) as n from gone",
        "select interval '1 day' as d, array[1, 2] as a, cast(:x as numeric(10, 2)) as n",
      })
  void allowsPlainStatements(String text) {
    assertThat(TestSql.of("shop.allowed_" + Integer.toHexString(text.hashCode()), text).text())
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          select set_config('role', 'postgres', true)                      | set_config
          select pg_catalog.set_config('app.company_id', :c, true)         | set_config
          select "set_config"('role', 'x', true)                           | set_config
          select SET_CONFIG ('role', 'x', true)                            | set_config
          select set_config/* */('role', 'x', true)                        | set_config
          with x as (select set_config('role','x',true)) select 1 as one   | set_config
          select 1 as a where exists (select set_config('a','b',true))     | set_config
          insert into shop.items (id) select set_config('a','b',true)::int | set_config
          set role postgres                                                | must begin
          set local app.company_id = 'x'                                   | must begin
          reset role                                                       | must begin
          reset all                                                        | must begin
          discard all                                                      | must begin
          do $$ begin perform 1; end $$                                    | '$' is not used
          begin                                                            | must begin
          commit                                                           | must begin
          rollback                                                         | must begin
          savepoint a                                                      | must begin
          copy shop.items from stdin                                       | must begin
          listen news                                                      | must begin
          notify news                                                      | must begin
          lock table shop.items                                            | must begin
          prepare p as select 1                                            | must begin
          execute p                                                        | must begin
          declare c cursor with hold for select 1                          | must begin
          create temp table t (id int)                                     | must begin
          alter role x superuser                                           | must begin
          grant shop to other                                              | must begin
          truncate shop.items                                              | must begin
          call shop.p()                                                    | must begin
          explain analyze select 1                                         | must begin
          select 1 as a; set role x                                        | more than one statement
          select 1 as a; select 2 as b                                     | more than one statement
          select id into copies from shop.items                            | SELECT INTO
          select id into temp copies from shop.items                       | SELECT INTO
          select pg_sleep(10)                                              | pg_sleep
          select pg_advisory_lock(1)                                       | pg_advisory_lock
          select pg_terminate_backend(1)                                   | pg_terminate_backend
          select dblink('host=x', 'select 1')                              | dblink
          select lo_import('/etc/passwd')                                  | lo_import
          select pg_read_file('x')                                         | pg_read_file
          select query_to_xml('select 1', true, true, '')                  | query_to_xml
          select nextval('shop.s')                                         | nextval
          select other.secret(1)                                           | other.secret
          select * from shop.items                                         | never '*'
          select i.* from shop.items as i                                  | never '*'
          select id, * from shop.items                                     | never '*'
          insert into shop.items (id) values (1) returning *               | never '*'
          select all * from shop.items                                     | never '*'
          select distinct * from shop.items                                | never '*'
          select distinct on (id) * from shop.items                        | never '*'
          select distinct on (id) *, name from shop.items                  | never '*'
          select id from shop.items union all select all * from shop.items | never '*'
          select id from (select distinct on (id) *) as t                  | never '*'
          with a as (table shop.items) select id from a                    | TABLE
          update pg_settings set setting = 'x' where name = 'role'         | names pg_settings
          update pg_catalog.pg_settings set setting = 'x'                  | names pg_catalog
          update "pg_settings" set setting = 'x'                           | names pg_settings
          insert into pg_settings (name) values ('role')                   | names pg_settings
          insert into pg_catalog.pg_settings (name) values ('role')        | names pg_settings
          merge into pg_settings as s using shop.items as i on true when matched then delete | names pg_settings
          select rolname from pg_roles                                     | names pg_roles
          select rolname from pg_catalog.pg_roles                          | names pg_catalog
          select t.table_name from information_schema.tables as t          | names information_schema
          select (1::bigint).pg_advisory_lock                              | takes .pg_advisory_lock
          select (0.5::float8).pg_sleep as s                               | takes .pg_sleep
          select ('role'::text).current_setting as s                       | takes .current_setting
          select ('role'::text)."current_setting" as s                     | takes .current_setting
          select (array[0.5::float8])[1].pg_sleep as s                     | takes .pg_sleep
          select (array['role'])[1].current_setting as s                   | takes .current_setting
          select :name.current_setting as s                                | takes .current_setting
          select (i).name as s from shop.items as i                        | takes .name
          select g.pg_advisory_lock from generate_series(1, 2) as g        | names pg_advisory_lock
          select t.current_setting as s from unnest(:names) as t           | names .current_setting
          select t."current_setting" as s from unnest(:names) as t         | names .current_setting
          select ('s'::regclass).nextval as n                              | takes .nextval
          select t.nextval as n from unnest(:names::regclass[]) as t       | names .nextval
          select t.ts_stat as n from unnest(:queries) as t                 | names .ts_stat
          select g.lo_creat as n from generate_series(1, 2) as g           | names lo_creat
          select E'\\x' as t                                               | escape strings
          select U&"x" as t                                                | Unicode
          select id from shop.items where id = ?                           | '?' is not used
          select id from shop.items where id = $1                          | '$' is not used
          select 'open as t                                                | not closed
          """)
  void refusesEverythingElse(String text, String reason) {
    assertThatThrownBy(() -> TestSql.of("shop.refused", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("statement shop.refused: ")
        .hasMessageContaining(reason);
  }

  @Test
  void aStatementThatChangesRoleIsRefusedWhenItsClassIsLoaded() {
    assertThatThrownBy(() -> Escaping.BECOME.name())
        .isInstanceOf(ExceptionInInitializerError.class)
        .cause()
        .hasMessageContaining("calls set_config(), which is not on the list of functions");
  }

  private static final class Escaping {
    static final Sql BECOME = Sql.of("dbapi.become", "select set_config('role', 'x', true)");
  }

  @Test
  void namesBelongToTheDeclaringModule() {
    assertThatThrownBy(() -> Sql.of("dealers.find", "select 1 as one"))
        .hasMessage("statement dealers.find: its name must be dbapi.verb_noun");
  }

  @Test
  void codeOutsideOfTheModulesDeclaresNothing() {
    // The map calls it, so the JDK stands for any library.
    assertThatThrownBy(() -> Map.of("x.y", "select 1 as one").forEach(Sql::of))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared by module java.base, which is no module of Showfloor");
  }

  @Test
  void parametersAreBoundByNameAndCheckedBeforeAnyLease() {
    Sql sql = TestSql.of("shop.bind", "select id from shop.items where id = :id or name = :n");
    assertThat(sql.parameters()).containsExactly("id", "n");
    assertThat(sql.with("n", "x", "id", 1).value(0)).isEqualTo(1);
    assertThatThrownBy(() -> sql.with("id", 1)).hasMessageContaining("takes 2 parameters [id, n]");
    assertThatThrownBy(() -> sql.with("id", 1, "nn", 2)).hasMessageContaining("no parameter 'nn'");
    assertThatThrownBy(() -> sql.with("id", 1, "id", 2)).hasMessageContaining("no parameter 'id'");
  }

  @Test
  void aRepeatedParameterIsBoundOnce() {
    Sql sql = TestSql.of("shop.twice", "select :a::int as x, :b::int as y, :a::int as z");
    assertThat(sql.text()).isEqualTo("select ?::int as x, ?::int as y, ?::int as z");
    assertThat(sql.with("a", 1, "b", 2).value(2)).isEqualTo(1);
  }

  @Test
  void knowsWhichStatementsAnswerWithRows() {
    assertThat(TestSql.of("shop.a1", "select id from shop.items").returnsRows()).isTrue();
    assertThat(TestSql.of("shop.a2", "delete from shop.items returning id").returnsRows()).isTrue();
    assertThat(
            TestSql.of(
                    "shop.a3", "with a as (delete from shop.items returning id) select id from a")
                .returnsRows())
        .isTrue();
    assertThat(
            TestSql.of(
                    "shop.a4",
                    "with a as (delete from shop.items returning id) insert into shop.items (id)"
                        + " select id from a")
                .returnsRows())
        .isFalse();
    assertThat(TestSql.of("shop.a5", "update shop.items set id = 1").returnsRows()).isFalse();
  }

  @Test
  void knowsReadsFromWrites() {
    assertThat(TestSql.of("shop.r1", "select id from shop.items for no key update").reads())
        .isTrue();
    assertThat(
            TestSql.of(
                    "shop.r2", "with a as (delete from shop.items returning id) select id from a")
                .reads())
        .isFalse();
  }
}
