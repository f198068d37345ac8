package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.dealers;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Sql;
import showfloor.dbapi.UuidV7;
import showfloor.dealers.csv.DealerColumn;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;
import showfloor.testing.TestServer;

/// What an import may hold in memory, in the staging, and of other people's time.
class ImportBoundsTest {
  private static final Sql PUT_AHEAD =
      Sql.of(
          "dealers.test_put_ahead",
          "UPDATE dealers.dealers SET updated_at = now() + interval '1 day'");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = Imports.server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void longRowsAreStagedFewAtATime() {
    DealerImport imports = new DealerImport(server.database(), InstantSource.system());
    UUID company = Staging.company(server.newCompany());
    List<ImportRow> rows =
        IntStream.range(2, 302)
            .mapToObj(
                line ->
                    ImportRow.of(
                        line,
                        Map.of(
                            DealerColumn.COMPANY_NAME,
                            "Firm " + line,
                            DealerColumn.NOTES,
                            "x".repeat(10_000)),
                        List.of()))
            .toList();
    int slices =
        server.in(
            company,
            () -> {
              List<Runnable> atEnd = new ArrayList<>();
              int cut =
                  imports.staged(
                      company, atEnd::add, rows.iterator(), staged -> staged.slices().size());
              atEnd.forEach(Runnable::run);
              return cut;
            });
    assertThat(slices).isBetween(15, 16);
  }

  @Test
  void aDryRunAndTheRealRunAgreeOnAddressesThatGrowInLowerCase() {
    TestClient client = server.newCompany();
    String file = "Company,Email\nA,%s@example.com\nB,\n".formatted("\u0130".repeat(200));
    String dry = counts(importCsv(client, "?dryRun=true", file));
    assertThat(dry).isEqualTo("2 = 1 inserted, 0 updated, 0 skipped, 1 failed");
    assertThat(counts(importCsv(client, "", file))).isEqualTo(dry);
  }

  @Test
  void aCompanyHasFewImportsInTheStagingAtATime() {
    TestClient client = server.newCompany();
    leaveFive(client, i -> UuidV7.next());
    Reply refused = importCsv(client, "", "Company\nAcme\n").expect(409);
    assertThat(refused.json().path("code").textValue()).isEqualTo("IMPORT_RUNNING");
    assertThat(refused.header("Retry-After")).isPresent();
    importCsv(server.newCompany(), "", "Company\nAcme\n").expect(200);
  }

  @Test
  void whatAnEndedImportLeftIsGoneAfterFourMinutes() {
    TestClient client = server.newCompany();
    leaveFive(client, i -> new UUID(UuidV7.next().getMostSignificantBits() - (240_000L << 16), i));
    importCsv(client, "", "Company\nAcme\n").expect(200);
    assertThat(Staging.rows(server, client)).isZero();
  }

  @Test
  void anUpdateMovesNoMomentBack() {
    TestClient client = server.newCompany();
    importCsv(client, "", "Company,City\nAcme,Old\n").expect(200);
    server.in(Staging.company(client), () -> server.database().execute(PUT_AHEAD.with()));
    String before = client.get("/api/dealers").json().at("/dealers/0/updatedAt").textValue();
    assertThat(counts(importCsv(client, "?mode=update", "Company,City\nAcme,New\n")))
        .contains("1 updated");
    assertThat(client.get("/api/dealers").json().at("/dealers/0/updatedAt").textValue())
        .isEqualTo(before);
    assertThat(dealers(client)).isEqualTo(1);
  }

  /// The staging is not logged: a crash of the database empties it, and nothing else.
  @Test
  void aFileOfWhichTheStagingWasLostIsNotTakenForOneWithoutRows() {
    DealerImport imports = new DealerImport(server.database(), InstantSource.system());
    UUID company = Staging.company(server.newCompany());
    List<ImportRow> row =
        List.of(ImportRow.of(2, Map.of(DealerColumn.COMPANY_NAME, "Acme"), List.of()));
    for (boolean dryRun : new boolean[] {true, false}) {
      assertThatThrownBy(
              () ->
                  server.in(
                      company,
                      () ->
                          imports.staged(
                              company,
                              atEnd -> {},
                              row.iterator(),
                              staged -> {
                                ImportQueries.discard(server.database(), staged.id());
                                return server
                                    .database()
                                    .inTransaction(
                                        sql ->
                                            dryRun
                                                ? imports.dryRun(sql, staged, ImportMode.SKIP)
                                                : imports.apply(sql, staged, ImportMode.SKIP));
                              })))
          .isInstanceOf(DatabaseException.Unavailable.class)
          .hasMessageContaining("0 of 1 staged rows are left");
    }
  }

  /// Leaves the rows of five imports in the staging.
  private static void leaveFive(TestClient client, IntFunction<UUID> importId) {
    UUID company = Staging.company(client);
    List<ImportRow> row = List.of(ImportRow.failed(2, "REQUIRED", "left"));
    server.in(
        company,
        () -> {
          for (int i = 0; i < 5; i++) {
            ImportQueries.stage(server.database(), company, importId.apply(i), row);
          }
          return true;
        });
  }
}
