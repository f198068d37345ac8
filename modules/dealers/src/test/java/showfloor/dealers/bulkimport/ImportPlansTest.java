package showfloor.dealers.bulkimport;

import static org.assertj.core.api.Assertions.assertThat;
import static showfloor.dealers.bulkimport.Imports.counts;
import static showfloor.dealers.bulkimport.Imports.importCsv;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.UuidV7;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// The cost of an import when the statistics tell of quite other rows than there are.
class ImportPlansTest {
  private static final int ROWS = 30_000;

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
  void anImportDoesNotDependOnWhatTheStatisticsKnowOfOthers() throws SQLException {
    TestClient other = server.newCompany();
    UUID company = Staging.company(other);
    List<ImportRow> rows =
        IntStream.range(1, 3_000).mapToObj(i -> ImportRow.failed(i, "REQUIRED", "x")).toList();
    importCsv(other, "", "Company\nOther\n").expect(200);
    server.in(
        company,
        () -> {
          ImportQueries.stage(server.database(), company, UuidV7.next(), rows);
          return true;
        });
    analyze();
    TestClient client = server.newCompany();
    assertThat(counts(importInTime(client, "skip", "A"))).startsWith("30000 = 30000 inserted");
    assertThat(counts(importInTime(client, "skip", "A"))).contains("30000 skipped");
    assertThat(counts(importInTime(client, "update", "B"))).contains("30000 updated");
  }

  /// Else a list that names dealers would read all of them for each of its rows.
  @Test
  void theStatisticsKnowACompanyThatHasJustCome() {
    int before = knownDealers();
    assertThat(counts(importInTime(server.newCompany(), "skip", "A")))
        .startsWith("30000 = 30000 inserted");
    Observer.await("they are known", () -> knownDealers() >= before + ROWS);
  }

  /// As many as there were at the last ANALYZE.
  private static int knownDealers() {
    return Observer.asOwnerNumber(
        "SELECT greatest(c.reltuples, 0) FROM pg_class c WHERE c.oid = 'dealers.dealers'::regclass");
  }

  /// Linear work takes a second or two; what is quadratic ended after 40.
  private static showfloor.testing.Reply importInTime(TestClient client, String mode, String city) {
    String file =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "Firm %d,%s\n".formatted(i, city))
            .collect(Collectors.joining("", "Company,City\n", ""));
    return importCsv(client, "?mode=" + mode, file, "Request-Timeout", "25000");
  }

  private static void analyze() throws SQLException {
    try (Connection session =
            DriverManager.getConnection(
                TestPostgres.url(), TestPostgres.user(), TestPostgres.password());
        Statement statement = session.createStatement()) {
      statement.execute("set role showfloor_owner");
      statement.execute("analyze dealers.import_rows, dealers.dealers");
    }
  }
}
