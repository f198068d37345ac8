package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

/// What the metrics say of one module after things have happened to it, each another number of
/// times: a counter that is dead, or stands where another one should, is noticed.
class ModuleMetricsTest {
  private static final Pattern OF_DEALERS =
      Pattern.compile("(?m)^showfloor_db_(\\w+)\\{module=\"dealers\"} (\\S+)$");

  @AfterEach
  void noSessionIsLeft() {
    Observer.awaitNoSession();
  }

  @Test
  void eachCounterGrowsByWhatHappenedToTheModule() throws Exception {
    // With one connection there is a queue as soon as somebody holds it.
    try (Running server = Running.start("DATABASE_POOL_MAXIMUM", "1")) {
      TestClient client = ApplicationTest.signedIn(server.client());
      TestClient admin = server.admin();
      client.get("/api/dealers").expect(200);
      Map<String, Double> before = dealers(admin);

      Times times = oneHoldsAndOneWaits(client, admin);
      Map<String, Double> growth = growth(before, admin);
      assertThat(growth.get("leases_total")).isEqualTo(2);
      assertThat(growth.get("wait_seconds_total")).isBetween(times.waitedMin(), times.waitedMax());
      assertThat(growth.get("lease_seconds_total")).isBetween(times.heldMin(), times.heldMax());

      oneHoldsAndThreeAreRefused(client, admin);
      oneIsKilledUnderItsLease(client, admin);
      oneStandsStillUntilItsLeaseIsLate(client, admin);
      Observer.await(
          () -> "both connections are gone: " + growth(before, admin),
          () -> growth(before, admin).getOrDefault("destroyed_total", 0.0) == 2);
      growth = growth(before, admin);
      assertThat(growth.get("leases_total")).isEqualTo(5);
      assertThat(growth.get("refused_total")).isEqualTo(3);
      assertThat(growth.get("timed_out_total")).isEqualTo(1);
      assertThat(growth.get("destroyed_total")).isEqualTo(2);
    }
  }

  /// Between what bounds the seconds of all requests together must be.
  private record Times(double waitedMin, double waitedMax, double heldMin, double heldMax) {}

  /// It is held for much longer than it is waited for: exchanged counters would be out of bounds.
  private static Times oneHoldsAndOneWaits(TestClient client, TestClient admin) throws Exception {
    double began = now();
    try (Observer.Lock lock = Observer.lockDealers()) {
      CompletableFuture<Reply> holder = holder(client, admin);
      double held = now();
      Thread.sleep(1_500);
      double asked = now();
      CompletableFuture<Reply> waiter = CompletableFuture.supplyAsync(() -> list(client));
      Observer.await("one waits", () -> !Running.ofDealers(admin, "queue").isEmpty());
      double waits = now();
      Thread.sleep(300);
      double released = now();
      lock.release();
      holder.join().expect(200);
      waiter.join().expect(200);
      double ended = now();
      return new Times(
          released - waits,
          held - began + ended - asked,
          released - held,
          ended - began + ended - released);
    }
  }

  private static void oneHoldsAndThreeAreRefused(TestClient client, TestClient admin)
      throws Exception {
    // Who is known to auth asks dealers alone: the holder is looked up anew, and so known for 2 s.
    Thread.sleep(2_100);
    try (Observer.Lock lock = Observer.lockDealers()) {
      CompletableFuture<Reply> holder = holder(client, admin);
      for (int i = 0; i < 3; i++) {
        client.get("/api/dealers", "Request-Timeout", "100").expect(503);
      }
      lock.release();
      holder.join().expect(200);
    }
  }

  private static void oneIsKilledUnderItsLease(TestClient client, TestClient admin) {
    try (Observer.Lock lock = Observer.lockDealers()) {
      CompletableFuture<Reply> killed = holder(client, admin);
      Observer.text("select pg_terminate_backend(%d)".formatted(backend(admin)));
      killed.join().expect(503);
      lock.release();
    }
  }

  /// The server would have ended the statement in time: only one that stands still lets the lease
  /// get late.
  private static void oneStandsStillUntilItsLeaseIsLate(TestClient client, TestClient admin)
      throws Exception {
    try (Observer.Lock lock = Observer.lockDealers()) {
      CompletableFuture<Reply> late =
          CompletableFuture.supplyAsync(
              () -> client.get("/api/dealers", "Request-Timeout", "5000"));
      awaitHolder(admin);
      List<String> still = Running.freezeSession(backend(admin));
      try {
        late.join().expect(504);
      } finally {
        Running.thawDatabase(still);
      }
      lock.release();
    }
  }

  private static CompletableFuture<Reply> holder(TestClient client, TestClient admin) {
    CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> list(client));
    awaitHolder(admin);
    return reply;
  }

  private static Reply list(TestClient client) {
    return client.get("/api/dealers");
  }

  private static void awaitHolder(TestClient admin) {
    Observer.await("one holds", () -> !Running.ofDealers(admin, "connections").isEmpty());
  }

  private static int backend(TestClient admin) {
    return Running.ofDealers(admin, "connections").getFirst().path("backendPid").asInt();
  }

  private static Map<String, Double> growth(Map<String, Double> before, TestClient admin) {
    Map<String, Double> growth = dealers(admin);
    growth.replaceAll((name, value) -> value - before.getOrDefault(name, 0.0));
    return growth;
  }

  private static Map<String, Double> dealers(TestClient admin) {
    Map<String, Double> found = new HashMap<>();
    Matcher sample = OF_DEALERS.matcher(admin.get("/observe/metrics").expect(200).text());
    while (sample.find()) {
      found.put(sample.group(1), Double.valueOf(sample.group(2)));
    }
    return found;
  }

  private static double now() {
    return System.nanoTime() / 1e9;
  }
}
