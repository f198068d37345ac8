package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;

/// Companies see their own rows, modules their own tables, whoever writes the statement.
class TenancyTest {
  private static final Sql INSERT = FaultTest.INSERT;
  private static final Sql NAMES =
      TestSql.of("shop.list_names", "select name from shop.items order by id");
  private static final Sql ALL_OF_BOLT =
      TestSql.of(
          "shop.list_of", "select name from shop.items where company_id = :company order by id");
  private static final Sql NAMED =
      TestSql.of(
          "shop.list_named",
          "select name from shop.items where :name::text is null or name = :name");
  private static final Sql PEEK = TestSql.of("other.peek", "select name from shop.items");
  private static final Sql THING =
      TestSql.of("other.insert_thing", "insert into other.things (company_id, id) values (:c, 1)");

  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open();
    for (var company : List.of(Rig.ACME, Rig.BOLT)) {
      Rig.as(
          company,
          () ->
              rig.database()
                  .execute(INSERT.with("company", company, "id", 1, "name", "of " + company)));
    }
  }

  @AfterAll
  static void close() {
    rig.assertWhole();
    rig.close();
  }

  @Test
  void aCompanySeesItsOwnRowsOnly() {
    assertThat(Rig.as(Rig.ACME, () -> names(NAMES))).containsExactly("of " + Rig.ACME);
    assertThat(Rig.as(Rig.BOLT, () -> names(NAMES))).containsExactly("of " + Rig.BOLT);
  }

  @Test
  void askingForAnothersRowsGetsNone() {
    assertThat(
            Rig.as(
                Rig.ACME,
                () ->
                    rig.database()
                        .list(ALL_OF_BOLT.with("company", Rig.BOLT), row -> row.text("name"))))
        .isEmpty();
  }

  // The driver asks for the types of untyped nulls once a statement is prepared on the server,
  // after
  // its fifth run, and from the next one on sends the prefix in a transaction of its own.
  @Test
  void aStatementKeepsItsTenantWhenAParameterIsNull() {
    for (int run = 0; run < 10; run++) {
      assertThat(
              Rig.as(
                  Rig.ACME,
                  () -> rig.database().list(NAMED.with("name", null), row -> row.text("name"))))
          .containsExactly("of " + Rig.ACME);
    }
  }

  @Test
  void writingForAnotherIsRefused() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .execute(INSERT.with("company", Rig.BOLT, "id", 9, "name", "x"))))
        .isInstanceOf(DatabaseException.Failed.class)
        .hasMessageContaining("row-level security");
  }

  @Test
  void withoutACompanyNothingIsVisible() throws Exception {
    assertThatThrownBy(() -> Rig.operation(Duration.ofSeconds(5)).call(() -> names(NAMES)))
        .isInstanceOf(DatabaseException.Failed.class)
        .hasMessageContaining("invalid input syntax for type uuid");
  }

  @Test
  void anotherModulesTableIsClosed() {
    assertThatThrownBy(() -> Rig.as(Rig.ACME, () -> names(PEEK)))
        .isInstanceOf(DatabaseException.Failed.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void aUnitOfWorkMaySpanModulesEachUnderItsOwnRole() {
    int rows =
        Rig.as(
            Rig.ACME,
            () ->
                rig.database()
                    .inTransaction(
                        sql ->
                            sql.execute(THING.with("c", Rig.ACME))
                                + sql.execute(
                                    INSERT.with("company", Rig.ACME, "id", 2, "name", "two"))
                                + sql.execute(
                                    TestSql.of(
                                            "other.drop_thing",
                                            "delete from other.things where id = 1")
                                        .with())
                                + sql.execute(
                                    TestSql.of(
                                            "shop.drop_two", "delete from shop.items where id = 2")
                                        .with())));
    assertThat(rows).isEqualTo(4);
  }

  @Test
  void nothingOfALeaseStaysInTheSession() throws Exception {
    Rig.as(Rig.ACME, () -> names(NAMES));
    for (int i = 0; i < 2; i++) {
      List<String> state =
          rig.leases()
              .lease(
                  Rig.operation(Duration.ofSeconds(5)),
                  lease ->
                      Unprefixed.on(
                          lease,
                          door ->
                              door.row(
                                  """
                              select current_user, coalesce(current_setting('app.company_id', true), ''),
                                     current_setting('statement_timeout')\
                              """,
                                  row ->
                                      List.of(
                                          row.getString(1), row.getString(2), row.getString(3)))));
      assertThat(state).containsExactly("showfloor_app", "", "5min");
    }
  }

  @Test
  void theCatalogueFindsNothingWrong() {
    assertThat(rig.pool().violations(List.of(Rig.SHOP, Rig.OTHER))).isEmpty();
  }

  @Test
  void theServerSeesWhoRunsWhat() {
    Sql who = TestSql.of("shop.who", "select current_user as u");
    String role = Rig.as(Rig.ACME, () -> rig.database().one(who.with(), row -> row.text("u")));
    assertThat(role).isEqualTo(rig.databaseName() + "_shop");
  }

  private static List<String> names(Sql sql) {
    return rig.database().list(sql.with(), row -> row.text("name"));
  }
}
