package showfloor.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.PaymentException;
import showfloor.subscriptions.SubscriptionStatus;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;

/// Whatever the order, however often, wherever it dies: the same state in the end.
class WorkerTest {
  private static final Paid PROVIDER = new Paid();
  private static final Shop SHOP = new Shop(PROVIDER);

  @AfterAll
  static void stop() {
    SHOP.close();
  }

  @BeforeEach
  void quiet() {
    PROVIDER.first = () -> {};
  }

  private static void work() throws Exception {
    SHOP.server.runJob(Shop.JOB);
  }

  /// All orders of four events, each delivered twice, with work in between or after.
  @Test
  void anyOrderAndAnyRepeatEndInTheProvidersState() throws Exception {
    List<String> types =
        List.of(
            "customer.subscription.created",
            "customer.subscription.updated",
            "invoice.payment_succeeded",
            "checkout.session.completed");
    int order = 0;
    for (List<String> permutation : permutations(types)) {
      TestClient acme = SHOP.customer();
      PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
      List<byte[]> events = new ArrayList<>();
      for (String type : permutation) {
        events.add(Shop.event("evt_%d_%s".formatted(order, type), type, Shop.customerOf(acme)));
      }
      for (byte[] event : events) {
        SHOP.deliver(event).expect(200);
        if (order % 2 == 0) {
          work();
        }
        SHOP.deliver(event).expect(200);
      }
      work();
      assertThat(Shop.status(acme)).as("%s", permutation).isEqualTo("active");
      assertThat(history(acme)).as("%s", permutation).isEqualTo(1);
      order++;
    }
    assertThat(order).isEqualTo(24);
    assertThat(SHOP.waiting().pending()).isZero();
  }

  private static int history(TestClient client) {
    return client.get("/api/subscriptions/explain").expect(200).json().path("history").size();
  }

  private static List<List<String>> permutations(List<String> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    for (String first : of) {
      List<String> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<String> tail : permutations(rest)) {
        List<String> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }

  @Test
  void fiftyReplaysAtOnceAreOneEventAndOneSubscription() throws Exception {
    TestClient acme = SHOP.customer();
    PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
    byte[] event = Shop.event("evt_fifty", "invoice.paid", Shop.customerOf(acme));
    int asked = PROVIDER.asked.get();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(many.submit(() -> SHOP.deliver(event).expect(200)));
      }
      for (Future<?> each : all) {
        each.get();
      }
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        workers.add(
            many.submit(
                () -> {
                  work();
                  return true;
                }));
      }
      for (Future<?> each : workers) {
        each.get();
      }
    }
    assertThat(PROVIDER.asked.get() - asked).as("one fetch for all").isEqualTo(1);
    assertThat(Shop.status(acme)).isEqualTo("active");
    assertThat(history(acme)).isEqualTo(1);
  }

  /// A provider that is down, then up again: the event waits.
  @Test
  void anEventOutlivesAProviderThatIsDown() throws Exception {
    TestClient acme = SHOP.customer();
    PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
    PROVIDER.first =
        () -> {
          throw PaymentException.unavailable("down", new IllegalStateException());
        };
    SHOP.deliver(Shop.event("evt_down", "invoice.paid", Shop.customerOf(acme))).expect(200);
    work();
    assertThat(Shop.status(acme)).isEmpty();
    PROVIDER.first = () -> {};
    work();
    assertThat(Shop.status(acme)).as("not at once again").isEmpty();
    later(Duration.ofSeconds(5));
    assertThat(Shop.status(acme)).isEqualTo("active");
  }

  /// Down for an hour: it is not asked all the time, and back it is found soon.
  @Test
  void anHourWithoutTheProviderIsNoLongerThanItMustBe() throws Exception {
    TestClient acme = SHOP.customer();
    PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
    PROVIDER.first =
        () -> {
          throw PaymentException.unavailable("down", new IllegalStateException());
        };
    SHOP.deliver(Shop.event("evt_hour", "invoice.paid", Shop.customerOf(acme))).expect(200);
    int asked = PROVIDER.asked.get();
    for (int minute = 0; minute <= 60; minute++) {
      later(Duration.ofMinutes(minute));
    }
    assertThat(PROVIDER.asked.get() - asked).isBetween(5, 20);
    PROVIDER.first = () -> {};
    later(Duration.ofMinutes(70));
    assertThat(Shop.status(acme)).isEqualTo("active");
  }

  /// Another product of the same account has customers, too, whom nobody here ever knows.
  @Test
  void whatNobodyEverKnowsIsForgottenAfterAQuarter() throws Exception {
    SHOP.deliver(Shop.event("evt_stranger", "invoice.paid", "cus_stranger")).expect(200);
    work();
    later(Duration.ofDays(89));
    assertThat(stored("evt_stranger")).isEqualTo(1);
    later(Duration.ofDays(91));
    assertThat(stored("evt_stranger")).isZero();
  }

  private static int stored(String id) {
    return Observer.asOwnerNumber(
        "select count(*) from webhooks.events where event_id = '%s'".formatted(id));
  }

  /// Killed after the event was taken and before its state was stored: nobody else has it for a
  /// while, then another one does.
  @Test
  void whatAProcessThatDiedHadTakenIsTakenOver() throws Exception {
    TestClient acme = SHOP.customer();
    PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
    PROVIDER.first =
        () -> {
          throw new Killed();
        };
    SHOP.deliver(Shop.event("evt_killed", "invoice.paid", Shop.customerOf(acme))).expect(200);
    assertThatThrownBy(WorkerTest::work).isInstanceOf(Killed.class);
    PROVIDER.first = () -> {};
    work();
    assertThat(Shop.status(acme)).isEmpty();
    later(Duration.ofSeconds(31));
    assertThat(Shop.status(acme)).isEqualTo("active");
  }

  /// What a kill looks like to the work: nothing after it runs.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /// Stored by a server that died right after its answer; another one starts.
  @Test
  void aStartPicksUpWhatAnotherServerLeft() throws Exception {
    Paid provider = new Paid();
    TestClient acme;
    try (Shop dying = new Shop(provider)) {
      acme = dying.customer();
      provider.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
      dying.deliver(Shop.event("evt_restart", "invoice.paid", Shop.customerOf(acme))).expect(200);
    }
    try (Shop next = new Shop(provider)) {
      next.server.withJobs();
      TestClient again = next.server.client().withToken(acme.token());
      Observer.await("it is applied", () -> Shop.status(again).equals("active"));
    }
  }

  /// With jobs running, the answer to an event is what wakes them.
  @Test
  void anEventWakesTheWorkAtOnce() {
    Paid provider = new Paid();
    try (Shop shop = new Shop(provider)) {
      shop.server.withJobs();
      TestClient acme = shop.customer();
      for (int i = 0; i < 5; i++) {
        SubscriptionStatus status =
            i % 2 == 0 ? SubscriptionStatus.ACTIVE : SubscriptionStatus.PAST_DUE;
        provider.set(Shop.customerOf(acme), status);
        shop.deliver(Shop.event("evt_wake" + i, "invoice.paid", Shop.customerOf(acme))).expect(200);
        // The job's own pause is 5 s: five of them would be too long.
        Observer.await(
            "it is applied", Duration.ofSeconds(4), () -> Shop.status(acme).equals(status.word()));
      }
    }
  }

  @Test
  void anUnknownCustomerIsParkedShownAndAppliedOnceItIsKnown() throws Exception {
    TestClient acme = SHOP.server.newCompany();
    UUID company = Shop.company(acme);
    PROVIDER.set("cus_" + company, SubscriptionStatus.ACTIVE);
    work();
    long parked = SHOP.waiting().parked();
    SHOP.deliver(Shop.event("evt_parked", "invoice.paid", "cus_" + company)).expect(200);
    work();
    assertThat(SHOP.waiting().parked()).isEqualTo(parked + 1);
    Observer.addCompany(company, UUID.fromString(acme.token().split("\\.", 2)[1]));
    acme.post("/api/subscriptions/create-checkout-session", "{\"plan\": \"monthly\"}").expect(200);
    later(Duration.ofMinutes(2));
    assertThat(SHOP.waiting().parked()).isEqualTo(parked);
    assertThat(Shop.status(acme)).isEqualTo("active");
  }

  /// Two companies at once: each gets its own.
  @Test
  void anEventOfOneCompanyIsNotAnothers() throws Exception {
    TestClient acme = SHOP.customer();
    TestClient other = SHOP.customer();
    PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
    PROVIDER.set(Shop.customerOf(other), SubscriptionStatus.ACTIVE);
    SHOP.deliver(Shop.event("evt_acme", "invoice.paid", Shop.customerOf(acme))).expect(200);
    work();
    assertThat(Shop.status(acme)).isEqualTo("active");
    assertThat(Shop.status(other)).isEmpty();
  }

  private static void later(Duration by) throws Exception {
    SHOP.ahead.set(by);
    try {
      work();
    } finally {
      SHOP.ahead.set(Duration.ZERO);
    }
  }
}
