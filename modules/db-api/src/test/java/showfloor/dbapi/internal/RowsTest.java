package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;

/// What a statement answers, and for how long the answer is readable.
class RowsTest {
  private static final Sql INSERT = FaultTest.INSERT;
  private static final Sql LIST = FaultTest.LIST;
  private static final Sql COUNT = FaultTest.COUNT;

  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @AfterEach
  void thePoolIsWhole() {
    rig.assertWhole();
    Rig.as(Rig.ACME, () -> rig.database().execute(FaultTest.CLEAR.with()));
  }

  @Test
  void aMapperThatThrowsAnErrorGivesBack() {
    insert(1);
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .list(
                                LIST.with(),
                                row -> {
                                  throw new StackOverflowError("mapper");
                                })))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void aRowKeptAfterItsMapperIsDead() {
    insert(11);
    List<Row> kept = Rig.as(Rig.ACME, () -> rig.database().list(LIST.with(), row -> row));
    assertThatThrownBy(() -> kept.getFirst().integer("id"))
        .hasMessageContaining("a row dies with its mapper");
  }

  @Test
  void moreRowsThanAListMayHoldAreADefect() {
    Sql many = TestSql.of("shop.many", "select generate_series(1, 6000) as n");
    assertThatThrownBy(
            () -> Rig.as(Rig.ACME, () -> rig.database().list(many.with(), row -> row.integer("n"))))
        .hasMessageContaining("more than 5000 rows");
  }

  @Test
  void rowsBeyondThoseThatMayBeReturnedAreNotEvenFetched() {
    Sql endless = TestSql.of("shop.endless", "select generate_series(1, 2000000000) as n");
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME, () -> rig.database().list(endless.with(), row -> row.integer("n"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than 5000 rows");
  }

  @Test
  void aRowIsDeadWhileTheNextIsMapped() {
    insert(17);
    insert(18);
    List<Row> kept = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .list(
                                LIST.with(),
                                row -> {
                                  kept.add(row);
                                  return kept.getFirst().integer("id");
                                })))
        .hasMessageContaining("a row dies with its mapper");
    assertThat(kept).hasSize(2);
  }

  @Test
  void returningIsRefusedForAStatementWithoutRowsBeforeItRuns() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    () ->
                        rig.database()
                            .returning(
                                INSERT.with("company", Rig.ACME, "id", 19, "name", "x"),
                                row -> row.integer("id"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no RETURNING clause");
    assertThat(count()).isZero();
  }

  @Test
  void executeIsRefusedForAStatementWithRowsBeforeItRuns() {
    insert(20);
    Sql drop = TestSql.of("shop.drop_items", "delete from shop.items returning id");
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME, () -> rig.database().inTransaction(sql -> sql.execute(drop.with()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answers with rows: use returning");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void leasesDoNotNestInMappers() {
    insert(13);
    assertThatThrownBy(
            () -> Rig.as(Rig.ACME, () -> rig.database().list(LIST.with(), row -> countNested())))
        .hasMessageContaining("leases do not nest");
  }

  private static int countNested() {
    return rig.database().one(COUNT.with(), row -> row.integer("n"));
  }

  private static void insert(int id) {
    Rig.as(Rig.ACME, () -> FaultTest.insert(rig.database(), id));
  }

  private static long count() {
    return Rig.as(Rig.ACME, () -> rig.database().one(COUNT.with(), row -> row.bigint("n")));
  }
}
