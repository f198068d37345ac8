package showfloor.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import showfloor.testing.Observer;

/// What a company with 100,000 dealers asks for, of whom it captured 20,000 at one show: right
/// after they came, when PostgreSQL's statistics know of none, and after an ANALYZE.
final class Reports {
  private static final int DEALERS = Site.scaled(100_000);
  private static final int CAPTURES = DEALERS / 5;
  private static final int CONNECTIONS = 5;
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final String REPORT = "show report";
  private static final double REPORT_MOST_MILLIS = 150;

  private static final String NO_STATISTICS =
      """
      do $$ declare t regclass; begin
        for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'r' and n.nspname in ('dealers', 'todos', 'tradeshows', 'uploads')
        loop execute format('alter table %s set (autovacuum_enabled = off)', t); end loop;
      end $$\
      """;

  private Reports() {}

  static void measure(PrintStream out) throws InterruptedException {
    try (Site site = Site.on(Observer.url(""))) {
      Observer.asOwner(NO_STATISTICS);
      long began = System.nanoTime();
      site.importDealers(DEALERS - CAPTURES);
      String show = site.add("/api/trade-shows", "{\"name\": \"Lightfair\"}");
      capture(site, show);
      out.printf(
          "loaded %,d dealers, %,d of them by captures: %.0f s%n",
          DEALERS, CAPTURES, (System.nanoTime() - began) / 1e9);
      Map<String, Supplier<byte[]>> requests = requests(site, show);
      measure(out, site, requests, "before statistics");
      Observer.asOwner("analyze");
      measure(out, site, requests, "after ANALYZE");
    }
  }

  private static void capture(Site site, String show) throws InterruptedException {
    List<Thread> devices = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int device = i;
      devices.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 1; n <= CAPTURES / CONNECTIONS; n++) {
                      String more = ", \"showId\": \"%s\"".formatted(show);
                      site.company()
                          .post("/api/captures", Site.capture(device, n, more))
                          .expect(201);
                    }
                  }));
    }
    for (Thread device : devices) {
      device.join();
    }
  }

  private static Map<String, Supplier<byte[]>> requests(Site site, String show) {
    JsonNode some = site.company().get("/api/dealers?limit=200").expect(200).json();
    List<String> ids = some.path("dealers").findValuesAsText("id");
    String card = "{\"text\": \"Hugo Pelwood\\nLumina 1 7\\nhugo.pelwood1@example.com\"}";
    Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
    all.put(REPORT, get(site, "/api/reports/shows/" + show));
    all.put("dashboard", get(site, "/api/reports/dashboard"));
    all.put("dealer", () -> any(site, "/api/dealers/%s", ids));
    all.put("timeline", () -> any(site, "/api/dealers/%s/timeline", ids));
    all.put("newest dealers", get(site, "/api/dealers?limit=50"));
    all.put("dealers by name", get(site, "/api/dealers?limit=50&sort=companyName"));
    all.put("dealers by rating", get(site, "/api/dealers?limit=50&sort=-rating"));
    all.put("dealers of a show", get(site, "/api/dealers?limit=50&show=" + show));
    all.put("search", get(site, "/api/dealers?limit=20&search=lighting+barton"));
    all.put("search in a show", get(site, "/api/dealers?limit=20&search=lumina&show=" + show));
    all.put("show", get(site, "/api/trade-shows/" + show));
    all.put("to-dos", get(site, "/api/todos?limit=50"));
    all.put("match", () -> Message.post("/api/dealers/match", site.token(), card));
    all.put("duplicates", get(site, "/api/dealers/duplicates?limit=50"));
    return all;
  }

  private static Supplier<byte[]> get(Site site, String path) {
    return () -> Message.get(path, site.token());
  }

  private static byte[] any(Site site, String path, List<String> ids) {
    String id = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
    return Message.get(path.formatted(id), site.token());
  }

  private static void measure(
      PrintStream out, Site site, Map<String, Supplier<byte[]>> requests, String when)
      throws InterruptedException {
    for (Map.Entry<String, Supplier<byte[]>> each : requests.entrySet()) {
      Load.Result result =
          Load.send(site.uri(), (_, _) -> each.getValue().get(), 1, Duration.ZERO, ROUND);
      double p95 = result.millisAt(0.95);
      out.printf(
          "%s, %s: p50 %.1f ms, p95 %.1f ms (%d answers)%n",
          each.getKey(), when, result.millisAt(0.5), p95, result.nanos().length);
      if (each.getKey().equals(REPORT)) {
        Limits.require(p95 < REPORT_MOST_MILLIS, REPORT + " " + when);
      }
    }
  }
}
