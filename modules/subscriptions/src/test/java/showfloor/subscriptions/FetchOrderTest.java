package showfloor.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.testing.TestClient;

/// Fetches that overtake one another, fail, and are repeated at the same time.
class FetchOrderTest {
  private static final Bench BENCH = new Bench();

  private final TestClient acme = BENCH.newCompany();
  private final String customer = Bench.customer(acme);

  @AfterAll
  static void stop() {
    BENCH.close();
  }

  private void checkout() {
    acme.post("/api/subscriptions/create-checkout-session", "{\"plan\": \"monthly\"}").expect(200);
  }

  private void provided(SubscriptionStatus status) {
    BENCH.provider.sold.put(
        customer, List.of(ScriptedProvider.subscription(customer, "sub_" + customer, status)));
  }

  private String status() {
    return acme.get("/api/subscriptions/status")
        .expect(200)
        .json()
        .at("/subscription/status")
        .asText();
  }

  @Test
  void anOlderFetchNeverOverwritesANewerOne() throws Exception {
    checkout();
    provided(SubscriptionStatus.INCOMPLETE);
    CountDownLatch fetched = new CountDownLatch(1);
    CountDownLatch overtaken = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    BENCH.provider.onTheWay =
        all -> {
          if (first.getAndSet(false)) {
            fetched.countDown();
            await(overtaken);
          }
          return all;
        };
    CompletableFuture<Refreshed> slow =
        CompletableFuture.supplyAsync(() -> BENCH.refresh(customer));
    await(fetched);
    provided(SubscriptionStatus.ACTIVE);
    assertThat(BENCH.refresh(customer)).isInstanceOf(Refreshed.Stored.class);
    overtaken.countDown();
    // What it began before, it knows to be covered by the newer one.
    assertThat(slow.get(20, TimeUnit.SECONDS)).isInstanceOf(Refreshed.Stored.class);
    assertThat(status()).isEqualTo("active");
    BENCH.provider.onTheWay = all -> all;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFetchThatFailsChangesNothingAndBarsNone() {
    checkout();
    provided(SubscriptionStatus.ACTIVE);
    BENCH.refresh(customer);
    provided(SubscriptionStatus.PAST_DUE);
    BENCH.provider.onTheWay =
        all -> {
          throw PaymentException.unavailable("down", new IllegalStateException());
        };
    assertThatThrownBy(() -> BENCH.refresh(customer)).isInstanceOf(PaymentException.class);
    BENCH.provider.onTheWay = all -> all;
    assertThat(status()).isEqualTo("active");
    BENCH.refresh(customer);
    assertThat(status()).isEqualTo("past_due");
  }

  @Test
  void fiftyAtOnceLeaveOneSubscription() throws Exception {
    checkout();
    provided(SubscriptionStatus.ACTIVE);
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Refreshed>> all =
          java.util.stream.IntStream.range(0, 50)
              .mapToObj(i -> many.submit(() -> BENCH.refresh(customer)))
              .toList();
      for (Future<Refreshed> each : all) {
        assertThat(each.get()).isEqualTo(new Refreshed.Stored(Bench.company(acme)));
      }
    }
    var explained = acme.get("/api/subscriptions/explain").expect(200).json();
    assertThat(explained.path("history")).hasSize(1);
    assertThat(explained.at("/access/allowed").asBoolean()).isTrue();
    assertThat(BENCH.changed).contains(Bench.company(acme));
  }

  @Test
  void aCustomerThatNobodyKnowsIsNobodys() {
    assertThat(BENCH.refresh("cus_" + UUID.randomUUID()))
        .isEqualTo(new Refreshed.UnknownCustomer());
  }
}
