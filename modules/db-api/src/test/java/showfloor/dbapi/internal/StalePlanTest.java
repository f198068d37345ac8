package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.TestSql;

/// A migration changes the type of a column under a statement that the server has prepared.
class StalePlanTest {
  private static final Sql NAMES =
      TestSql.of("shop.list_names_prepared", "select name from shop.items order by id");
  private static final Sql NAMES_ANEW =
      TestSql.of("shop.list_names_anew", "select name from shop.items order by id").plannedAnew();
  // The driver prepares on the server from the fifth run on.
  private static final int RUNS = 8;

  private final Rig rig = Rig.open(1);

  @AfterEach
  void close() {
    rig.assertWhole();
    rig.close();
  }

  @Test
  void aStatementAloneIsRunOnceMore() {
    prepareThenMigrate(this::alone);
    long before = rig.pool().facts().totals().statements();
    assertThat(alone()).isEmpty();
    assertThat(rig.pool().facts().totals().statements() - before).as("sent").isEqualTo(2);
  }

  @Test
  void insideAUnitOfWorkItFailsBecauseTheUnitCanOnlyRollBack() {
    prepareThenMigrate(this::inAUnit);
    long before = rig.pool().facts().totals().statements();
    assertThatThrownBy(this::inAUnit)
        .isInstanceOf(DatabaseException.Failed.class)
        .hasMessageContaining("[0A000]");
    assertThat(rig.pool().facts().totals().statements() - before).as("sent").isEqualTo(1);
  }

  @Test
  void ofOneThatIsPlannedAnewNoPlanIsKept() {
    Supplier<List<String>> anew =
        () -> Rig.as(Rig.ACME, () -> rig.database().inTransaction(sql -> names(sql, NAMES_ANEW)));
    prepareThenMigrate(anew);
    assertThat(anew.get()).isEmpty();
  }

  private void prepareThenMigrate(Supplier<List<String>> statement) {
    for (int run = 0; run < RUNS; run++) {
      assertThat(statement.get()).isEmpty();
    }
    TestServer.asOwner(
        rig.databaseName(), "alter table shop.items alter column name type varchar(100)");
  }

  private List<String> alone() {
    return Rig.as(Rig.ACME, () -> names(rig.database(), NAMES));
  }

  private List<String> inAUnit() {
    return Rig.as(Rig.ACME, () -> rig.database().inTransaction(sql -> names(sql, NAMES)));
  }

  private static List<String> names(SqlReader sql, Sql statement) {
    return sql.list(statement.with(), row -> row.text("name"));
  }
}
