package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Events, and their way to whoever wants to know. Unless told otherwise they go out at once, one
/// after the other, and again as long as they are not taken. Thread-safe.
public final class StripeWebhooks implements AutoCloseable {
  /// What they are signed with, where a test does not say.
  public static final String SECRET = "whsec_showfloor";

  private static final int TRIES = 5;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<Event> held = new ArrayList<>();
  private final ExecutorService line = Executors.newSingleThreadExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong numbers = new AtomicLong();
  private volatile List<String> secrets = List.of(SECRET);
  private volatile InstantSource clock = InstantSource.system();
  private @Nullable URI receiver;
  private Way way = Way.DELIVER;

  /// What becomes of an event that happens.
  public enum Way {
    /// It is delivered.
    DELIVER,
    /// It is delivered three times.
    REPEAT,
    /// It waits until a test takes it with [#held].
    HOLD,
    /// It never arrives.
    DROP
  }

  /// One event, with the bytes that are signed.
  public record Event(String id, String type, String payload) {}

  /// Where they go.
  public synchronized void to(URI url) {
    receiver = url;
  }

  /// What becomes of those that happen from now on.
  public synchronized void go(Way other) {
    way = other;
  }

  /// Signs with all of these, as while a secret is being replaced.
  public void signWith(String... others) {
    secrets = List.of(others);
  }

  /// Dates signatures by this clock.
  public void datedBy(InstantSource other) {
    clock = other;
  }

  /// Everything that has happened, whether or not it arrived.
  public List<Event> events() {
    return List.copyOf(events);
  }

  /// Those that wait, in the order in which they happened; they wait no more.
  public synchronized List<Event> held() {
    List<Event> taken = List.copyOf(held);
    held.clear();
    return taken;
  }

  /// Delivers an event now, once; the status of the answer.
  public int deliver(Event event) {
    URI to;
    synchronized (this) {
      to = receiver;
    }
    if (to == null) {
      return 0;
    }
    byte[] body = event.payload().getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Stripe-Signature", signature(event.payload()))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /// Waits until all that is on its way has arrived, or was given up.
  public void settle() {
    try {
      Future<?> last = line.submit(() -> {});
      last.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The header `Stripe-Signature` for a payload.
  public String signature(String payload) {
    Instant now = clock.instant();
    StringBuilder header = new StringBuilder("t=" + now.getEpochSecond());
    for (String secret : secrets) {
      header.append(",v1=").append(hmac(secret, now.getEpochSecond() + "." + payload));
    }
    return header.toString();
  }

  synchronized void happened(String type, ObjectNode object) {
    Event event = event(type, object);
    events.add(event);
    switch (way) {
      case DELIVER -> line.execute(() -> insist(event));
      case REPEAT -> {
        for (int i = 0; i < 3; i++) {
          line.execute(() -> insist(event));
        }
      }
      case HOLD -> held.add(event);
      case DROP -> {}
    }
  }

  private void insist(Event event) {
    for (int tried = 1; deliver(event) / 100 != 2 && tried < TRIES; tried++) {
      try {
        Thread.sleep(BETWEEN_TRIES); // Stripe waits for hours
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Event event(String type, ObjectNode object) {
    String id =
        "evt_%s_%d".formatted(Long.toString(System.nanoTime(), 36), numbers.incrementAndGet());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("object", "event").put("api_version", "2025-03-31.basil");
    json.put("created", clock.instant().getEpochSecond()).put("livemode", false);
    json.put("pending_webhooks", 1).put("type", type);
    json.putObject("data").set("object", object);
    json.putObject("request").putNull("id").putNull("idempotency_key");
    return new Event(id, type, json.toPrettyString());
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    line.shutdownNow();
    client.close();
  }
}
