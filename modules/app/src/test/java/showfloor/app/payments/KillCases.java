package showfloor.app.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;

/// A process is killed in the middle of an event's work: whoever is there next brings it to the
/// same end, and the provider has nothing more to tell. With `-Dshowfloor.proof=full` at each
/// moment, without at one.
abstract class KillCases {
  private static final boolean FULL = "full".equals(System.getProperty("showfloor.proof"));

  /// Where the process is when it dies.
  enum Moment {
    BEFORE_THE_ANSWER,
    ANSWERED,
    IN_THE_FETCH,
    HALF_STORED,
    STORED
  }

  /// One event of a purchase, signed as it is.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record News(String id, byte[] body, String signature) {}

  /// What keeps a process where it is.
  ///
  /// @param reached whether the process is there
  /// @param left whether nothing of it is there any more
  /// @param end lets it go on
  record Obstacle(BooleanSupplier reached, BooleanSupplier left, Runnable end) {}

  /// Starts a server that is paid through this provider.
  abstract Launched serving();

  /// Pays for a new subscription. The provider's events are lost, but for one, which is not sent.
  abstract News pay(TestClient payer, String checkout);

  /// From now on the provider gives no answer to who asks for a customer's state.
  abstract Obstacle silence();

  @Test
  void whoComesNextEndsWhatAKilledProcessBegan() {
    Launched running = serving();
    try {
      for (Moment moment : moments(Moment.HALF_STORED)) {
        Purchase purchase = Purchase.by(running.client());
        killAt(moment, running, purchase);
        running = serving();
        assertEnded(moment, running.client(), purchase);
      }
    } finally {
      running.close();
    }
    Observer.awaitNoSession();
  }

  @Test
  void aReplicaEndsWhatAKilledProcessBegan() {
    Launched running = serving();
    try {
      for (Moment moment : moments(Moment.IN_THE_FETCH)) {
        Purchase purchase = Purchase.by(running.client());
        try (Launched killed = running) {
          running = serving();
          TestClient there = running.client();
          killAt(moment, killed, purchase);
          assertEnded(moment, there, purchase);
        }
      }
    } finally {
      running.close();
    }
    Observer.awaitNoSession();
  }

  private static List<Moment> moments(Moment always) {
    return FULL ? List.of(Moment.values()) : List.of(always);
  }

  /// A company on its way to pay, and the event that tells of it.
  private static final class Purchase {
    final TestClient payer;
    final String checkout;
    News news = new News("", new byte[0], "");

    private Purchase(TestClient payer, String checkout) {
      this.payer = payer;
      this.checkout = checkout;
    }

    static Purchase by(TestClient anyone) {
      TestClient payer = Payments.newcomer(anyone);
      return new Purchase(payer, Payments.checkout(payer, "monthly"));
    }
  }

  private void killAt(Moment moment, Launched server, Purchase purchase) {
    purchase.news = pay(purchase.payer, purchase.checkout);
    Obstacle obstacle = obstacle(moment);
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(() -> deliver(purchase.payer, purchase.news));
    if (moment != Moment.BEFORE_THE_ANSWER) {
      assertThat(answer.join()).isEqualTo(200);
      assertThat(rows(purchase.news)).isEqualTo(1);
    }
    Observer.await(server::output, obstacle.reached());
    if (moment == Moment.STORED) {
      Obstacle end = locked("webhooks.events", "webhooks.end_events");
      obstacle.end().run();
      obstacle = end;
      Observer.await(server::output, obstacle.reached());
    }
    server.signal("KILL");
    assertThat(server.exitCode()).isEqualTo(137);
    assertThat(answer.join()).isEqualTo(moment == Moment.BEFORE_THE_ANSWER ? 0 : 200);
    Observer.await("its statement has ended", obstacle.left());
    obstacle.end().run();
  }

  private Obstacle obstacle(Moment moment) {
    return switch (moment) {
      case BEFORE_THE_ANSWER -> locked("webhooks.events", "webhooks.add_event");
      case ANSWERED -> locked("subscriptions.customers", "subscriptions.begin_fetch");
      case IN_THE_FETCH -> silence();
      case HALF_STORED, STORED -> locked("subscriptions.standings", "subscriptions.store_standing");
    };
  }

  /// Whoever runs the statement waits.
  static Obstacle locked(String table, String statement) {
    Observer.Lock lock = Observer.lock(table);
    String waits = "wait_event_type = 'Lock' and query like '%/* " + statement + " */%'";
    return new Obstacle(
        () -> Observer.sessions(waits) > 0, () -> Observer.sessions(waits) == 0, lock::release);
  }

  /// The status, or 0 where the connection broke before there was one.
  private static int deliver(TestClient server, News news) {
    try {
      return server
          .send(
              "POST",
              "/api/webhooks/stripe",
              BodyPublishers.ofByteArray(news.body()),
              "Content-Type",
              "application/json",
              "Stripe-Signature",
              news.signature())
          .status();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private static void assertEnded(Moment moment, TestClient next, Purchase purchase) {
    TestClient payer = next.withToken(purchase.payer.token());
    if (moment == Moment.BEFORE_THE_ANSWER) {
      assertThat(rows(purchase.news)).as("%s", moment).isZero();
      // What nobody answered the provider sends again: the same event.
      assertThat(deliver(payer, purchase.news)).isEqualTo(200);
    }
    passTime();
    Observer.await(
        () -> "%s: %s".formatted(moment, state(purchase.news)),
        () -> state(purchase.news).equals("done"));
    assertThat(payer.get("/api/dealers").status()).as("%s", moment).isEqualTo(200);
    JsonNode explained = payer.get("/api/subscriptions/explain").expect(200).json();
    assertThat(explained.at("/access/reason").asText()).isEqualTo("ACTIVE");
    assertThat(explained.path("history")).as("%s", moment).hasSize(1);
    assertThat(rows(purchase.news)).as("%s", moment).isEqualTo(1);
  }

  /// Nobody takes for a while what another one took.
  private static void passTime() {
    Observer.asOwner("update webhooks.events set try_at = now() where state = 'pending'");
  }

  static int rows(News news) {
    return Observer.asOwnerNumber(
        "select count(*) from webhooks.events where event_id = '%s'".formatted(news.id()));
  }

  private static String state(News news) {
    return Observer.asOwnerText(
        "select state from webhooks.events where event_id = '%s'".formatted(news.id()));
  }
}
