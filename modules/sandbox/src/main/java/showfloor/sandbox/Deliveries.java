package showfloor.sandbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.httpapi.Await;
import showfloor.httpclient.HttpCall;
import showfloor.httpclient.HttpCalls;
import showfloor.httpclient.HttpFailure;
import showfloor.httpclient.HttpReply;
import showfloor.sandbox.EventQueries.Fetched;
import showfloor.subscriptions.WebhookSignature;

/// Sends events to the server's webhook route, signed, and waits until they are applied.
/// Thread-safe.
final class Deliveries {
  /// An event that its sender did not get through is sent by whoever sees it after this.
  static final Duration SEND_AGAIN = Duration.ofSeconds(15);

  private static final Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final Duration APPLIED_WITHIN = Duration.ofSeconds(6);
  private static final int AT_ONCE = 50;

  private final Database database;
  private final HttpCalls calls;
  private final Supplier<String> webhook;
  private final Supplier<String> secret;
  private final InstantSource clock;

  /// @param webhook address of the route, known once the server serves
  Deliveries(
      Database database,
      HttpCalls calls,
      Supplier<String> webhook,
      Supplier<String> secret,
      InstantSource clock) {
    this.database = database;
    this.calls = calls;
    this.webhook = webhook;
    this.secret = secret;
    this.clock = clock;
  }

  /// Sends them in their order, until one is not taken: the rest is sent later. Whether all were.
  boolean deliver(List<StoredEvent> events) {
    List<Long> taken = new ArrayList<>();
    for (StoredEvent event : events) {
      if (!isTaken(event)) {
        break;
      }
      taken.add(event.no());
    }
    if (!taken.isEmpty()) {
      EventQueries.delivered(database, taken, clock.instant());
    }
    return taken.size() == events.size();
  }

  /// Pretends that they were lost on their way.
  void lose(List<StoredEvent> events) {
    if (!events.isEmpty()) {
      EventQueries.delivered(
          database, events.stream().map(StoredEvent::no).toList(), clock.instant());
    }
  }

  /// Sends them and waits until the server has stored a state that it fetched afterwards; whether
  /// it has.
  boolean settle(List<StoredEvent> events) {
    Set<String> customers =
        events.stream().map(StoredEvent::customerId).collect(Collectors.toSet());
    if (customers.isEmpty()) {
      return true;
    }
    Map<String, Fetched> before = EventQueries.fetches(database, customers);
    return deliver(events)
        && Await.until("an event is applied", APPLIED_WITHIN, () -> areStored(before));
  }

  /// A fetch that began after an event was written sees what the event tells.
  private boolean areStored(Map<String, Fetched> before) {
    Map<String, Fetched> now = EventQueries.fetches(database, before.keySet());
    return before.entrySet().stream()
        .allMatch(
            entry -> {
              Fetched after = now.get(entry.getKey());
              return after == null || after.stored() > entry.getValue().begun();
            });
  }

  /// Sends what was not delivered, such as after a crash.
  void sendAgain(Job.Run run) {
    Instant now = clock.instant();
    List<StoredEvent> waiting =
        EventQueries.take(database, now, now.plus(SEND_AGAIN.multipliedBy(2)), AT_ONCE);
    if (!waiting.isEmpty() && run.goesOn()) {
      deliver(waiting.stream().sorted(Comparator.comparingLong(StoredEvent::no)).toList());
    }
  }

  private boolean isTaken(StoredEvent event) {
    byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
    String signature = WebhookSignature.sign(secret.get(), clock.instant(), body);
    try {
      HttpReply reply =
          calls.send(
              HttpCall.post(webhook.get(), "application/json", body)
                  .header("Stripe-Signature", signature));
      if (!reply.isSuccess()) {
        LOG.log(Level.WARNING, "Sandbox event {0}: answered {1}", event.no(), reply.status());
      }
      return reply.isSuccess();
    } catch (HttpFailure e) {
      LOG.log(Level.WARNING, "Sandbox event {0}: {1}", event.no(), e.getMessage());
      return false;
    }
  }
}
