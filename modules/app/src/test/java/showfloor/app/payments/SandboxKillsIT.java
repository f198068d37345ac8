package showfloor.app.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.WebhookSignature;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;

/// The sandbox dies with the server that it is in.
class SandboxKillsIT extends KillCases {

  @Override
  Launched serving() {
    return Launched.serving();
  }

  @Override
  News pay(TestClient payer, String checkout) {
    payer
        .send(
            "POST",
            "/sandbox/checkout/%s/complete?webhook=lost".formatted(checkout),
            BodyPublishers.noBody())
        .expect(200);
    byte[] body = text("body", checkout).getBytes(StandardCharsets.UTF_8);
    String secret = Observer.asOwnerText("select webhook_secret from sandbox.provider");
    return new News(
        text("body::json ->> 'id'", checkout),
        body,
        WebhookSignature.sign(secret, Instant.now(), body));
  }

  /// Of the last event of who paid at a checkout.
  private static String text(String what, String checkout) {
    return Observer.asOwnerText(
        """
        select %s from sandbox.events join sandbox.checkouts using (customer_id)
        where checkout_id = '%s' order by no desc limit 1
        """
            .formatted(what, checkout));
  }

  @Override
  Obstacle silence() {
    return locked("sandbox.subscriptions", "sandbox.list_sales");
  }

  /// Sold, and killed on the way to telling it: whoever starts next tells it.
  @Test
  void whatWasSoldIsToldByWhoComesNext() {
    TestClient payer;
    try (Launched killed = serving()) {
      payer = Payments.newcomer(killed.client());
      String checkout = Payments.checkout(payer, "monthly");
      Obstacle obstacle = locked("webhooks.events", "webhooks.add_event");
      CompletableFuture<?> paying =
          CompletableFuture.supplyAsync(() -> Payments.complete(payer, checkout));
      Observer.await(killed::output, obstacle.reached());
      killed.signal("KILL");
      assertThat(killed.exitCode()).isEqualTo(137);
      assertThat(paying).failsWithin(Duration.ofSeconds(30));
      Observer.await("its statement has ended", obstacle.left());
      obstacle.end().run();
    }
    Observer.asOwner("update sandbox.events set send_at = now() where delivered_at is null");
    try (Launched next = serving()) {
      TestClient there = next.client().withToken(payer.token());
      Observer.await(next::output, () -> there.get("/api/dealers").status() == 200);
      assertThat(there.get("/api/subscriptions/explain").json().path("history")).hasSize(1);
      assertThat(
              Observer.asOwnerNumber(
                  "select count(*) from sandbox.events where delivered_at is null"))
          .isZero();
    }
    Observer.awaitNoSession();
  }
}
