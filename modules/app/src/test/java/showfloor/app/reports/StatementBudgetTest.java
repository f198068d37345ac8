package showfloor.app.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import showfloor.app.Everything;
import showfloor.app.Running;
import showfloor.testing.Reply;
import showfloor.testing.StatementBudget;
import showfloor.testing.TestClient;

/// How many statements each report costs, beside the one that finds out who asks.
///
/// A small archive costs one for each table, two for the sheet of dealers, one for the list of
/// files and two for each of them. To take it back costs two for each table that has rows, five for
/// each file, and two to begin and to end.
class StatementBudgetTest {
  private static final int CHECK = 1;
  private static final String DASHBOARD = "/api/reports/dashboard";
  private static final String SHOW = "/api/reports/shows/";
  private static final String EXPORT = "/api/reports/export/";

  // Companies pay and are filled on one server; the other does nothing but what is counted.
  private static Running busy;
  private static Everything quiet;

  private final StatementBudget budget = new StatementBudget();

  @BeforeAll
  static void start() throws Exception {
    busy = Running.start("LIMITS_BURST", "100000");
    quiet = Everything.quiet();
  }

  @AfterAll
  static void stop() {
    quiet.close();
    busy.close();
  }

  @Test
  void eachReportKeepsItsBudget() throws Exception {
    TestClient empty = onQuiet(Company.in(busy));
    Company filled = Archive.filled(busy);
    TestClient acme = onQuiet(filled);
    String show = acme.get("/api/trade-shows").json().at("/0/id").asText();
    String tag = acme.get(DASHBOARD).expect(200).header("ETag").orElseThrow();
    line("GET " + DASHBOARD, "of nothing", 200, 1, () -> empty.get(DASHBOARD));
    line("GET " + DASHBOARD, "", 200, 1, () -> acme.get(DASHBOARD));
    line("GET " + DASHBOARD, "unchanged", 304, 1, () -> acme.get(DASHBOARD, "If-None-Match", tag));
    line("GET " + SHOW + "{id}", "", 200, 1, () -> acme.get(SHOW + show));
    line("GET " + SHOW + "{id}", "missing", 404, 1, () -> acme.get(SHOW + UUID.randomUUID()));
    line("GET " + SHOW + "{id}", "another's", 404, 1, () -> empty.get(SHOW + show));
    archives(filled);
    assertThat(budget.faults(quiet.server()))
        .filteredOn(fault -> fault.contains("/api/reports/"))
        .isEmpty();
  }

  private void archives(Company filled) throws IOException {
    byte[] archive = Archive.bytesOf(filled);
    long tables =
        Archive.read(archive).entries().keySet().stream()
            .filter(name -> name.startsWith("tables/"))
            .count();
    long taken =
        Archive.restore(Company.in(busy), archive).expect(200).json().path("tables").size();
    TestClient acme = onQuiet(filled);
    Company heir = new Company(onQuiet(Company.in(busy)));
    line("GET " + EXPORT + "dealers", "one page", 200, 2, () -> acme.get(EXPORT + "dealers"));
    line("GET " + EXPORT + "all", "", 200, tables + 2 + 1 + 2, () -> acme.get(EXPORT + "all"));
    String restore = "POST " + Archive.PATH;
    line(restore, "no archive", 400, 0, () -> Archive.restore(heir, new byte[9]));
    line(restore, "", 200, 2 * taken + 5 + 2, () -> Archive.restore(heir, archive));
    line(restore, "again", 409, 1, () -> Archive.restore(heir, archive));
  }

  @Test
  void aPageOfFiguresIsOneTrip() {
    Company acme = Company.in(busy);
    String show = SHOW + acme.add("/api/trade-shows", "{\"name\": \"Lightfair\"}");
    TestClient client = onQuiet(acme);
    for (String path : new String[] {DASHBOARD, show}) {
      quiet.sessions().forgetAll();
      assertThat(quiet.server().roundTripsOf(() -> client.get(path).expect(200)))
          .as(path)
          .isEqualTo(CHECK + 1);
    }
  }

  private static TestClient onQuiet(Company company) {
    return quiet.server().client().withToken(company.client().token());
  }

  /// Whoever asks is looked up anew each time: a memory of two seconds may or may not have it.
  private void line(String route, String what, int status, long statements, Supplier<Reply> ask) {
    budget.line(
        route,
        what,
        status,
        CHECK + statements,
        () -> {
          quiet.sessions().forgetAll();
          return ask.get();
        });
  }
}
