package showfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A module's README tells what is in its schema and what crosses its border there.
class ModuleReadmeTest {

  @Test
  void eachReadmeNamesItsTablesAndWhatItReadsAndPublishes() {
    ModuleReadmes readmes = ModuleReadmes.of(Project.ROOT);
    assertThat(readmes.modules()).hasSizeGreaterThanOrEqualTo(9);
    assertThat(readmes.tables()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(readmes.arrows()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(readmes.faults()).isEmpty();
  }

  @Test
  void seededGapsAreFound(@TempDir Path checkout) throws IOException {
    write(checkout, "modules/stands/README.md", "Tables: `stands`. Publishes `stands.open`.");
    migration(checkout, "stands", "V1__stands", "CREATE TABLE stands.stands (");
    migration(checkout, "stands", "V2__old", "CREATE TABLE stands.old (");
    migration(checkout, "stands", "V3__rows", "CREATE UNLOGGED TABLE stands.rows (");
    migration(checkout, "stands", "V10__old", "DROP TABLE stands.old;");
    write(checkout, "modules/halls/README.md", "Table: `halls`, and no rows.");
    migration(checkout, "halls", "V1__halls", "-- As was\nCREATE TABLE halls.halls (");
    write(
        checkout,
        ModuleReadmes.ARROWS,
        "# Arrows.\nhalls stands.open\nstands halls.* through stands.halls_of\n");
    assertThat(ModuleReadmes.of(checkout).faults())
        .containsExactly(
            "the README of halls does not name stands.halls_of",
            "the README of halls does not name stands.open",
            "the README of stands does not name stands.halls_of",
            "the README of stands does not name stands.rows");
  }

  private static void migration(Path checkout, String module, String name, String text)
      throws IOException {
    String folder = "modules/%1$s/src/main/resources/showfloor/%1$s/migrations/".formatted(module);
    write(checkout, folder + name + ".sql", text);
  }

  private static void write(Path checkout, String file, String text) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
