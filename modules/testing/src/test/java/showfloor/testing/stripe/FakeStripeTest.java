package showfloor.testing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import showfloor.testing.stripe.StripeWebhooks.Event;
import showfloor.testing.stripe.StripeWebhooks.Way;

/// The stand-in is as strict as what it stands for: a test against it means something.
class FakeStripeTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final FakeStripe stripe = FakeStripe.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    stripe.close();
  }

  /// Made with `openssl dgst -sha256 -hmac`.
  @Test
  void signsAsTheProtocolSays() {
    StripeWebhooks webhooks = stripe.webhooks();
    webhooks.datedBy(() -> Instant.ofEpochSecond(1_764_240_000));
    webhooks.signWith("whsec_test", "whsec_old");

    assertThat(webhooks.signature("{\"id\":\"evt_1\",\"object\":\"event\"}"))
        .isEqualTo(
            "t=1764240000,v1=6ad129bf3c6b945d6fe6c70771149143942fad774c159835ff0f9d2f8ca7af4e"
                + ",v1=ccaf11338c664971f22a7001325e09b62340dd71b7c4e03a667eaa506961cb7d");
  }

  @Test
  void refusesWhatIsMissingUnknownOrWrong() throws Exception {
    String customer = customer();
    String checkout = checkout(customer);
    assertThat(post("checkout/sessions", checkout, "").statusCode()).isEqualTo(200);
    for (String part : checkout.split("&", -1)) {
      if (!part.startsWith("cancel_url")) {
        String without = checkout.replace(part, "x_y=1");
        assertThat(error(post("checkout/sessions", without, ""))).isEqualTo("parameter_missing");
      }
    }
    assertThat(error(post("checkout/sessions", checkout + "&plan=annual", "")))
        .isEqualTo("parameter_unknown");
    assertThat(error(post("checkout/sessions", checkout.replace(customer, "cus_none"), "")))
        .isEqualTo("resource_missing");
    assertThat(get("checkout/sessions/cs_none").statusCode()).isEqualTo(404);
    assertThat(get("prices").statusCode()).isEqualTo(404);
  }

  @Test
  void aKeyAnswersOnceAndOnlyTheSameRequest() throws Exception {
    HttpResponse<String> first = post("customers", "name=Acme", "k1");
    assertThat(post("customers", "name=Acme", "k1").body()).isEqualTo(first.body());
    assertThat(post("customers", "name=Acme", "").body()).isNotEqualTo(first.body());
    assertThat(error(post("customers", "name=Bolt", "k1"))).isEqualTo("idempotency_error");
    stripe.advance(Duration.ofDays(2));
    assertThat(post("customers", "name=Bolt", "k1").statusCode()).isEqualTo(200);
  }

  @Test
  void searchLagsBehind() throws Exception {
    post("customers", "metadata%5BcompanyId%5D=c1", "");
    String search = "customers/search?query=metadata%5B'companyId'%5D%3A'c1'";
    assertThat(JSON.readTree(get(search).body()).path("data")).isEmpty();
    stripe.advance(Duration.ofMinutes(1));
    assertThat(JSON.readTree(get(search).body()).path("data")).hasSize(1);
  }

  @Test
  void tellsWhatHappensAndInsistsUntilItIsTaken() throws Exception {
    try (Receiver receiver = new Receiver()) {
      stripe.webhooks().to(receiver.uri());
      receiver.refuse(2);
      String customer = customer();
      String paid = stripe.complete(open(customer));
      stripe.webhooks().settle();
      assertThat(receiver.types())
          .containsExactly(
              "customer.created",
              "customer.subscription.created",
              "invoice.paid",
              "customer.subscription.updated",
              "checkout.session.completed");
      stripe.declineCardOf(customer);
      stripe.advance(Duration.ofDays(31));
      stripe.webhooks().settle();
      assertThat(receiver.types())
          .endsWith("invoice.payment_failed", "customer.subscription.updated");
      stripe.advance(Duration.ofDays(21));
      stripe.webhooks().settle();
      assertThat(receiver.types()).endsWith("customer.subscription.deleted");
      assertThat(JSON.readTree(get("subscriptions/" + paid).body()).path("status").asText())
          .isEqualTo("canceled");
    }
  }

  @Test
  void losesHoldsAndRepeatsOnRequest() throws Exception {
    try (Receiver receiver = new Receiver()) {
      StripeWebhooks webhooks = stripe.webhooks();
      webhooks.to(receiver.uri());
      webhooks.go(Way.DROP);
      customer();
      webhooks.go(Way.HOLD);
      customer();
      customer();
      List<Event> held = webhooks.held();
      webhooks.settle();
      assertThat(receiver.ids()).isEmpty();
      held.reversed().forEach(webhooks::deliver);
      assertThat(receiver.ids()).containsExactly(held.get(1).id(), held.get(0).id());
      webhooks.go(Way.REPEAT);
      customer();
      webhooks.settle();
      assertThat(receiver.ids()).hasSize(5).endsWith(webhooks.events().getLast().id());
      assertThat(webhooks.events()).hasSize(4);
    }
  }

  private String customer() throws Exception {
    return JSON.readTree(post("customers", "name=Acme", "").body()).path("id").asText();
  }

  private String open(String customer) throws Exception {
    return JSON.readTree(post("checkout/sessions", checkout(customer), "").body())
        .path("id")
        .asText();
  }

  private static String checkout(String customer) {
    return "customer=%s&mode=subscription&success_url=s&cancel_url=c".formatted(customer)
        + "&line_items%5B0%5D%5Bprice%5D=price_monthly&line_items%5B0%5D%5Bquantity%5D=1"
        + "&payment_method_types%5B0%5D=card";
  }

  private HttpResponse<String> post(String path, String form, String key) throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(form));
    request.header("Content-Type", "application/x-www-form-urlencoded");
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(stripe.uri().resolve("/v1/" + path.replace("'", "%27")))
        .header("Authorization", "Bearer " + FakeStripe.SECRET_KEY);
  }

  private static String error(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isBetween(400, 404);
    return JSON.readTree(response.body()).at("/error/code").asText();
  }

  /// Takes events, or refuses some first.
  private static final class Receiver implements AutoCloseable {
    private final WebServer server;
    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    Receiver() {
      server =
          WebServer.builder()
              .host("127.0.0.1")
              .port(0)
              .routing(routing -> routing.post("/", this::take))
              .build()
              .start();
    }

    private void take(ServerRequest request, ServerResponse response) throws IOException {
      String body = request.content().as(String.class);
      boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      if (!refused) {
        taken.add(JSON.readTree(body));
      }
      response.status(refused ? Status.INTERNAL_SERVER_ERROR_500 : Status.OK_200).send();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    void refuse(int many) {
      refusals.set(many);
    }

    List<String> types() {
      return taken.stream().map(event -> event.path("type").asText()).toList();
    }

    List<String> ids() {
      return taken.stream().map(event -> event.path("id").asText()).toList();
    }

    @Override
    public void close() {
      server.stop();
    }
  }
}
