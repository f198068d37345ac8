package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The way from a provider to the server: what the provider sends goes on at once, or waits here to
/// be delivered in whatever order and as often as a test likes. Thread-safe.
public final class EventRelay implements AutoCloseable {
  private static final String PATH = "/api/webhooks/stripe";
  private static final JsonMapper JSON = new JsonMapper();

  private final WebServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Sent> held = new CopyOnWriteArrayList<>();
  private volatile URI to = URI.create("http://127.0.0.1:1/");
  private volatile boolean holds;

  /// One event as it was sent: the very bytes, and what they are signed with.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Sent(String type, String customer, String signature, byte[] body) {}

  private EventRelay() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.post(PATH, this::take))
            .build()
            .start();
  }

  public static EventRelay start() {
    return new EventRelay();
  }

  /// The same without its path.
  public String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /// Where a provider sends to.
  public URI url() {
    return URI.create(origin() + PATH);
  }

  /// Where it goes on to.
  public void to(URI receiver) {
    to = receiver;
  }

  /// From now on events wait here, and their sender believes them delivered.
  public void hold() {
    holds = true;
  }

  /// From now on they go on at once.
  public void pass() {
    holds = false;
  }

  /// Those of a customer that wait, in the order in which they came.
  public List<Sent> heldOf(String customer) {
    return held.stream().filter(sent -> sent.customer().equals(customer)).toList();
  }

  /// The status of the server's answer.
  public int deliver(Sent sent) {
    HttpRequest request =
        HttpRequest.newBuilder(to.resolve(PATH))
            .header("Content-Type", "application/json")
            .header("Stripe-Signature", sent.signature())
            .POST(BodyPublishers.ofByteArray(sent.body()))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void take(ServerRequest request, ServerResponse response) {
    byte[] body = request.content().as(byte[].class);
    Sent sent = sent(request.headers().get(HeaderNames.create("Stripe-Signature")).get(), body);
    int status = 200;
    if (holds) {
      held.add(sent);
    } else {
      status = deliver(sent);
    }
    response.status(Status.create(status)).send();
  }

  private static Sent sent(String signature, byte[] body) {
    try {
      JsonNode event = JSON.readTree(body);
      String customer = event.at("/data/object/customer").asText();
      return new Sent(event.path("type").asText(), customer, signature, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
    client.close();
  }
}
