package showfloor.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import showfloor.dealers.DealersDomain;
import showfloor.testing.DealerCsv;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.TestServer;

/// Runs every measurement, or those that are named, and prints lines for each; it fails where a
/// limit is missed. Figures of one run compare with each other only: the machine's speed drifts.
public final class Main {
  private static final PrintStream OUT = System.out;
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 8;
  private static final int IMPORTED = 100_000;
  private static final String SELECT =
      """
      SELECT d.company_id, d.id, d.company_name, d.contact_name, d.email, d.phone, d.city, d.state,
             d.zip, d.country, d.address, d.buying_group, d.status, d.rating, d.notes, d.version,
             d.created_at, d.updated_at, n.id AS note_id, n.content AS note_content
        FROM dealers.dealers d LEFT JOIN LATERAL (
          SELECT n.id, n.content FROM dealers.notes n
           WHERE n.company_id = d.company_id AND n.dealer_id = d.id ORDER BY n.id DESC LIMIT 201) n
          ON true
       WHERE d.id = ? ORDER BY n.id DESC\
      """;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("admission", Admissions::measure);
    all.put("dealers", Main::dealers);
    all.put("captures", Captures::measure);
    all.put("reports", Reports::measure);
    all.put("archive", Archive::measure);
    all.put("slow-photo", SlowPhoto::measure);
    List<String> named = List.of(arguments);
    if (!named.contains("all")) {
      all.keySet().retainAll(named);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no such measurement: " + named);
    }
    for (Measurement each : all.values()) {
      each.run(OUT);
    }
    Limits.check();
  }

  @FunctionalInterface
  private interface Measurement {
    void run(PrintStream out) throws Exception;
  }

  private static void dealers(PrintStream out) throws Exception {
    try (TestServer server =
        TestServer.start(parts -> List.of(new DealersDomain(parts.database())))) {
      TestClient company = server.newCompany();
      importAndExport(company);
      search(server, company);
      getOne(server, company);
    }
  }

  private static void importAndExport(TestClient company) throws IOException {
    for (int half = 1; half <= 2; half++) {
      Path csv = Files.createTempFile("dealers", ".csv");
      try (var out = Files.newOutputStream(csv)) {
        DealerCsv.write(out, IMPORTED, half);
      }
      long began = System.nanoTime();
      company
          .send(
              "POST",
              "/api/dealers/import?mode=insert",
              BodyPublishers.ofFile(csv),
              "Content-Type",
              "text/csv")
          .expect(200);
      OUT.printf(
          "import of %,d dealers: %.1f s, heap in use %d MB%n", IMPORTED, since(began), heap());
      Files.delete(csv);
    }
    long began = System.nanoTime();
    int bytes = company.get("/api/reports/export/dealers").expect(200).bytes().length;
    OUT.printf("export of %,d dealers, %,d bytes: %.1f s%n", 2 * IMPORTED, bytes, since(began));
  }

  private static void search(TestServer server, TestClient company) throws InterruptedException {
    measure(server, company, "prefix", List.of("Bar", "Corfield", "Fenn", "Wesham", "Gar"));
    measure(
        server,
        company,
        "words",
        List.of("lighting+barton", "motors+fenndale", "toys+norwick", "tools+corberg"));
    measure(
        server,
        company,
        "typo",
        List.of("bartn+lightng", "fendale+mottors", "norwik+tois", "corbrg+tols"));
  }

  private static void measure(
      TestServer server, TestClient company, String kind, List<String> queries)
      throws InterruptedException {
    List<String> paths =
        queries.stream().map(query -> "/api/dealers?limit=20&search=" + query).toList();
    Load.get(server.uri(), paths, company.token(), 1, ROUND);
    Load.Result result = Load.get(server.uri(), paths, company.token(), 1, ROUND);
    OUT.printf(
        "search by %s in %,d dealers: p50 %.1f ms, p99 %.1f ms (%d answers)%n",
        kind, 2 * IMPORTED, result.millisAt(0.5), result.millisAt(0.99), result.nanos().length);
  }

  private static void getOne(TestServer server, TestClient company) throws InterruptedException {
    List<String> paths = new ArrayList<>();
    company
        .get("/api/dealers?limit=200")
        .json()
        .path("dealers")
        .forEach(dealer -> paths.add("/api/dealers/" + dealer.path("id").asText()));
    String companyId = company.token().substring(0, company.token().indexOf('.'));
    List<Double> ratios = new ArrayList<>();
    try (BareServer bare = new BareServer(session(UUID.fromString(companyId)), SELECT)) {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        Load.get(server.uri(), paths, company.token(), CONNECTIONS, ROUND);
        Load.get(bare.uri(), paths, company.token(), CONNECTIONS, ROUND);
      }
      for (int round = 0; round < ROUNDS; round++) {
        Load.Result ours = Load.get(server.uri(), paths, company.token(), CONNECTIONS, ROUND);
        Load.Result theirs = Load.get(bare.uri(), paths, company.token(), CONNECTIONS, ROUND);
        ratios.add(ours.perSecond() / theirs.perSecond());
        OUT.printf(
            "get one dealer: %,.0f/s, bare %,.0f/s, ratio %.2f%n",
            ours.perSecond(), theirs.perSecond(), ratios.getLast());
      }
    }
    OUT.printf(
        "get one dealer: median ratio %.2f%n", ratios.stream().sorted().toList().get(ROUNDS / 2));
  }

  /// A pool as large as the server's, whose sessions are in role and tenant already.
  private static HikariConfig session(UUID companyId) {
    HikariConfig pool = new HikariConfig();
    pool.setDriverClassName("org.postgresql.Driver");
    pool.setJdbcUrl(TestPostgres.url());
    pool.setUsername(TestPostgres.user());
    pool.setPassword(TestPostgres.password());
    pool.setMaximumPoolSize(5);
    pool.setConnectionInitSql(
        "set role showfloor_dealers; set app.company_id = '%s'".formatted(companyId));
    return pool;
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
