package showfloor.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.SubscriptionStatus;
import showfloor.subscriptions.WebhookSignature;
import showfloor.testing.Observer;
import showfloor.testing.Reply;
import showfloor.testing.TestClient;

class WebhookRoutesTest {
  private static final Paid PROVIDER = new Paid();
  private static final Shop SHOP = new Shop(PROVIDER);

  @AfterAll
  static void stop() {
    SHOP.close();
  }

  private static long stored(String id) {
    return Observer.asOwnerNumber(
        "select count(*) from webhooks.events where event_id = '%s'".formatted(id));
  }

  @Test
  void aSignedEventIsStoredOnceAndAppliedAfterTheAnswer() throws Exception {
    TestClient acme = SHOP.customer();
    PROVIDER.set(Shop.customerOf(acme), SubscriptionStatus.ACTIVE);
    byte[] event = Shop.event("evt_once", "invoice.paid", Shop.customerOf(acme));
    int asked = PROVIDER.asked.get();
    assertThat(SHOP.deliver(event).expect(200).text()).isEqualTo("{\"received\":true}");
    assertThat(PROVIDER.asked.get())
        .as("no call to the provider before the answer")
        .isEqualTo(asked);
    assertThat(Shop.status(acme)).isEmpty();
    SHOP.server.runJob(Shop.JOB);
    // Never what the event itself says, which is "incomplete".
    assertThat(Shop.status(acme)).isEqualTo("active");
    for (int i = 0; i < 3; i++) {
      SHOP.deliver(event).expect(200);
    }
    assertThat(stored("evt_once")).isEqualTo(1);
    int before = PROVIDER.asked.get();
    SHOP.server.runJob(Shop.JOB);
    assertThat(PROVIDER.asked.get()).as("a repeat is no work").isEqualTo(before);
  }

  @Test
  void oneChangedByteIsRefusedAndLeavesNothing() {
    byte[] event = Shop.event("evt_tampered", "invoice.paid", "cus_1");
    String signature = WebhookSignature.sign(Paid.SECRET, Instant.now(), event);
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      byte[] tampered = event.clone();
      tampered[random.nextInt(tampered.length)] ^= (byte) (1 << random.nextInt(8));
      Reply refused = SHOP.deliver(tampered, signature).expect(400);
      assertThat(refused.json().path("code").asText()).isEqualTo("INVALID_SIGNATURE");
    }
    SHOP.deliver("".getBytes(StandardCharsets.UTF_8), signature).expect(400);
    assertThat(stored("evt_tampered")).isZero();
  }

  @Test
  void bothSecretsCountWhileOneIsReplaced() {
    byte[] event = Shop.event("evt_rotated", "invoice.paid", "cus_1");
    SHOP.deliver(event, WebhookSignature.sign(Paid.OLD_SECRET, Instant.now(), event)).expect(200);
    SHOP.deliver(event, WebhookSignature.sign("whsec_neither", Instant.now(), event)).expect(400);
  }

  @Test
  void oldAndFutureTimestampsAreRefused() {
    byte[] event = Shop.event("evt_time", "invoice.paid", "cus_1");
    for (Duration off :
        List.of(Duration.ofMinutes(-6), Duration.ofMinutes(2), Duration.ofDays(9))) {
      String signature = WebhookSignature.sign(Paid.SECRET, Instant.now().plus(off), event);
      SHOP.deliver(event, signature).expect(400);
    }
    assertThat(stored("evt_time")).isZero();
  }

  @Test
  void aHostileHeaderIs400AndNoneToo() {
    byte[] event = Shop.event("evt_hostile", "invoice.paid", "cus_1");
    for (String header :
        List.of(
            "t,v1",
            "t=abc,v1=0",
            "=",
            ",,,,",
            "v1=" + "0".repeat(64),
            "t=1",
            "{}",
            "null",
            "t=99999999999999999999999,v1=" + "0".repeat(64),
            "t=1,v1=" + "g".repeat(64),
            "t=1," + "v1=0,".repeat(700))) {
      assertThat(SHOP.deliver(event, header).status()).as(header).isEqualTo(400);
    }
    SHOP.server
        .client()
        .post("/api/webhooks/stripe", new String(event, StandardCharsets.UTF_8))
        .expect(400);
  }

  @Test
  void whatIsSignedButNoEventIs400() {
    for (String body :
        List.of(
            "{}",
            "[]",
            "null",
            "x",
            "",
            "{\"id\": 1}",
            "{\"id\": \"evt_x\"}",
            "{\"id\": \"evt_x\", \"type\": \"a\", \"created\": -5}",
            "{\"id\": \"\\u0000\", \"type\": \"a\", \"created\": 5}",
            "{\"id\": \"evt_x\", \"id\": \"evt_y\", \"type\": \"a\", \"created\": 5}")) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      assertThat(SHOP.deliver(bytes).status()).as(body).isEqualTo(400);
    }
    byte[] live =
        new String(Shop.event("evt_live", "invoice.paid", "cus_1"), StandardCharsets.UTF_8)
            .replace("\"livemode\": false", "\"livemode\": true")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(SHOP.deliver(live).expect(400).text()).contains("live mode");
  }

  @Test
  void aBodyBeyondTheLimitIs413() {
    assertThat(SHOP.deliver(new byte[(256 << 10) + 1], "t=1,v1=0").status()).isEqualTo(413);
  }

  @Test
  void whatIsAboutNoSubscriptionIsAcknowledgedAndLeftAlone() throws Exception {
    int asked = PROVIDER.asked.get();
    SHOP.deliver(Shop.event("evt_other", "product.updated", "cus_1")).expect(200);
    SHOP.server.runJob(Shop.JOB);
    assertThat(PROVIDER.asked.get()).isEqualTo(asked);
  }
}
