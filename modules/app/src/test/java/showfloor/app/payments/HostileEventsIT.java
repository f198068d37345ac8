package showfloor.app.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import showfloor.subscriptions.WebhookSignature;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.Payments;
import showfloor.testing.TestClient;
import showfloor.testing.stripe.FakeStripe;

/// Anybody may call the webhook route: byte by byte, against the distribution, which is paid
/// through Stripe. Nothing that is not signed changes anything.
class HostileEventsIT {
  private static final FakeStripe STRIPE = FakeStripe.start();
  private static Launched server;
  private static URI address;
  private static String customer = "";
  private String before = "";

  @BeforeAll
  static void start() {
    server = StripeKillsIT.serving(STRIPE);
    address = server.address();
    STRIPE.webhooks().to(address.resolve("/api/webhooks/stripe"));
    TestClient payer = Payments.newcomer(server.client());
    String checkout = Payments.checkout(payer, "monthly");
    customer = STRIPE.customerOf(checkout);
    STRIPE.complete(checkout);
    STRIPE.webhooks().settle();
    Observer.await(server::output, () -> payer.get("/api/dealers").status() == 200);
    Observer.await(server::output, () -> state().endsWith(" 0"));
  }

  @AfterAll
  static void stop() {
    String printed = server.output();
    server.close();
    STRIPE.close();
    Observer.awaitNoSession();
    assertThat(printed).doesNotContain(StripeKillsIT.SECRET, FakeStripe.SECRET_KEY, "v1=");
  }

  /// All that an event can change, and how many are not done.
  private static String state() {
    return Observer.asOwnerText(
        """
        select count(*) || ' ' || (select md5(string_agg(s::text, '' order by company_id))
            from subscriptions.standings s) || ' '
          || count(*) filter (where state = 'pending')
        from webhooks.events where provider = 'stripe'
        """);
  }

  @BeforeEach
  void look() {
    before = state();
  }

  @AfterEach
  void nothingHasChanged() {
    assertThat(state()).isEqualTo(before);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] event(String id) {
    return utf8(
        """
        {"id": "%s", "type": "invoice.paid", "created": 1764237600, "livemode": false,
         "data": {"object": {"customer": "cus_1"}}}
        """
            .formatted(id));
  }

  private static String signed(byte[] body) {
    return WebhookSignature.sign(StripeKillsIT.SECRET, Instant.now(), body);
  }

  @Test
  void aHostileHeaderIs400() {
    byte[] event = event("evt_hostile");
    String right = signed(event);
    String seconds = right.substring(0, right.indexOf(','));
    String hash = right.substring(right.indexOf("v1=") + 3);
    String wrong = "0".repeat(64);
    List<String> headers =
        List.of(
            "",
            " ",
            right.replace("v1=", "v0="),
            right.replace("v1=", "v2="),
            right.replace("v1=", "V1="),
            hash,
            "v1=" + hash,
            seconds,
            "t=soon,v1=" + hash,
            "t=-1,v1=" + hash,
            "t=+" + seconds.substring(2) + ",v1=" + hash,
            "t=0x1,v1=" + hash,
            "t=1e9,v1=" + hash,
            "t=99999999999999999999,v1=" + hash,
            seconds + "," + seconds + ",v1=" + hash,
            seconds + ",v1=" + hash.substring(1),
            seconds + ",v1=" + hash + "0",
            seconds + ",v1=g" + hash.substring(1),
            seconds + ",v1=" + wrong,
            seconds + (",v1=" + wrong).repeat(59),
            seconds + (",v1=" + wrong).repeat(100),
            seconds + ",v1=" + hash + ",x=" + "y".repeat(5_000),
            seconds + (",v1=" + wrong).repeat(2_000),
            "\u0000",
            "\u00e9\u00ff",
            "t=\u0661,v1=" + hash,
            "\ud83d\ude00",
            "${jndi:ldap://x}",
            "' or 1=1 --");
    for (String header : headers) {
      assertThat(send(event, "Stripe-Signature: " + header)).as(header).isEqualTo(400);
    }
    assertThat(send(event)).as("none").isEqualTo(400);
    assertThat(send(event, "Stripe-Signature: " + right, "Stripe-Signature: " + right))
        .as("twice")
        .isEqualTo(400);
    assertThat(send(event, "Stripe-Signature: x", "Stripe-Signature: y")).isEqualTo(400);
    assertThat(send(event, "Stripe-Signature : " + right)).as("no header").isEqualTo(400);
    assertThat(send(event, "Authorization: Bearer " + right)).as("another header").isEqualTo(400);
  }

  @Test
  void anotherTimeThanNowIs400() {
    byte[] event = event("evt_late");
    for (long off : new long[] {-400, -302, 90, 3_600, 1_000_000_000}) {
      Instant at = Instant.now().plusSeconds(off);
      String header = WebhookSignature.sign(StripeKillsIT.SECRET, at, event);
      assertThat(send(event, "Stripe-Signature: " + header)).as(header).isEqualTo(400);
    }
  }

  @Test
  void whatIsSignedButNoEventIs400() {
    String plain = new String(event("evt_1"), StandardCharsets.UTF_8);
    List<byte[]> bodies = new ArrayList<>();
    for (String body :
        List.of(
            "",
            " ",
            "{",
            plain.substring(0, plain.length() / 2),
            plain + "x",
            plain + plain,
            "\ufeff" + plain,
            "[" + plain + "]",
            "[".repeat(100_000),
            "{\"a\":".repeat(30_000),
            plain.replace("\"evt_1\"", "\"evt_1\", \"id\": \"evt_2\""),
            plain.replace("\"evt_1\"", "null"),
            plain.replace("\"evt_1\"", "7"),
            plain.replace("\"evt_1\"", "\"\""),
            plain.replace("\"evt_1\"", "\"\\u0000\""),
            plain.replace("\"evt_1\"", "\"\\ud800\""),
            plain.replace("\"evt_1\"", "\"" + "x".repeat(10_000) + "\""),
            plain.replace("\"invoice.paid\"", "{}"),
            plain.replace("1764237600", "1e999"),
            plain.replace("1764237600", "9223372036854775807"),
            plain.replace("1764237600", "-1"),
            plain.replace("false", "true"))) {
      bodies.add(utf8(body));
    }
    bodies.add(plain.getBytes(StandardCharsets.UTF_16));
    bodies.add(new byte[] {'{', (byte) 0xff, '}'});
    for (byte[] body : bodies) {
      int start = Math.min(80, body.length);
      assertThat(send(body, "Stripe-Signature: " + signed(body)))
          .as(new String(body, 0, start, StandardCharsets.ISO_8859_1))
          .isEqualTo(400);
    }
  }

  @Test
  void aBodyBeyondTheLimitIs413AndACompressedOne415() {
    byte[] much = new byte[(1 << 20) + 1];
    assertThat(send(much, "Stripe-Signature: " + signed(much))).isEqualTo(413);
    byte[] event = event("evt_gzip");
    assertThat(send(event, "Stripe-Signature: " + signed(event), "Content-Encoding: gzip"))
        .isEqualTo(415);
  }

  /// What other versions and products of the provider tell is acknowledged; nothing of it is read.
  @Test
  void whatIsNotForUsIsAcknowledgedAndLeftAlone() {
    for (String type : List.of("product.updated", "x", "customer.subscriptions", "\ud83d\ude00")) {
      byte[] body =
          utf8(
              """
              {"id": "evt_other_%d", "type": "%s", "created": 1764237600, "livemode": false,
               "api_version": "2031-01-01", "data": {"object": {"customer": {"x": []}}}}
              """
                  .formatted(type.hashCode(), type));
      assertThat(send(body, "Stripe-Signature: " + signed(body))).as(type).isEqualTo(200);
    }
    Observer.asOwner("delete from webhooks.events where event_id like 'evt_other_%'");
  }

  @Test
  void fiftyReplaysAtOnceAreOneRowAndHardlyAnyWork() throws Exception {
    byte[] event =
        utf8(new String(event("evt_fifty"), StandardCharsets.UTF_8).replace("cus_1", customer));
    String header = "Stripe-Signature: " + signed(event);
    int asked = STRIPE.requests().size();
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        answers.add(many.submit(() -> send(event, header)));
      }
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isIn(200, 503);
    }
    String row = "from webhooks.events where event_id = 'evt_fifty'";
    Observer.await(
        server::output, () -> Observer.asOwnerText("select max(state) " + row).equals("done"));
    assertThat(Observer.asOwnerNumber("select count(*) " + row)).isEqualTo(1);
    assertThat(STRIPE.requests().size() - asked).isEqualTo(1);
    Observer.asOwner("delete " + row);
  }

  /// The status that a body with these headers, sent as they are, is answered with.
  private static int send(byte[] body, String... headers) {
    StringBuilder head = new StringBuilder("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\n");
    head.append("Content-Type: application/json\r\nConnection: close\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(utf8(head + "\r\n"));
    request.writeBytes(body);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(30_000);
      sendAll(socket, request.toByteArray());
      String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whoever is refused early may find the connection closed.
  private static void sendAll(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException refused) {
      assertThat(request.length).isGreaterThan(10_000);
    }
  }
}
