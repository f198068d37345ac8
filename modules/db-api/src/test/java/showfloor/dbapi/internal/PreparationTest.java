package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.Sql;
import showfloor.dbapi.TestSql;

class PreparationTest {
  private static final Sql FINE =
      TestSql.of("shop.prepare_fine", "select name from shop.items where id = :id");
  private static final Sql MISSPELT =
      TestSql.of("shop.prepare_misspelt", "select nmae from shop.items where id = :id");
  private static final Sql FOREIGN =
      TestSql.of("other.prepare_foreign", "select name from shop.items where id = :id");
  private static final Sql MISTYPED =
      TestSql.of("shop.prepare_mistyped", "select name from shop.items where id = 'x'");

  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = Rig.open(1);
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  @Test
  void whatPostgresRefusesIsNamed() {
    List<String> faults = rig.pool().faults(List.of(FINE, MISSPELT, FOREIGN, MISTYPED));
    assertThat(faults).hasSize(3);
    assertThat(faults.get(0)).startsWith("shop.prepare_misspelt: ").contains("nmae");
    assertThat(faults.get(1)).startsWith("other.prepare_foreign: ").contains("permission denied");
    assertThat(faults.get(2)).startsWith("shop.prepare_mistyped: ").contains("integer");
    rig.assertWhole();
  }
}
