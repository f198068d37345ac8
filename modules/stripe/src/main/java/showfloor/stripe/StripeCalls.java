package showfloor.stripe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import showfloor.dbapi.Database;
import showfloor.httpapi.Await;
import showfloor.httpapi.JsonTree;
import showfloor.httpclient.HttpCall;
import showfloor.httpclient.HttpCalls;
import showfloor.httpclient.HttpFailure;
import showfloor.httpclient.HttpReply;
import showfloor.subscriptions.PaymentException;

/// Requests to Stripe and what its answers mean. What may pass by itself (no answer, 5xx, 429, a
/// key in use) is tried again with the same key, so that it has its effect once. Thread-safe.
final class StripeCalls {
  /// Answers keep this shape, whatever the account's own version is.
  private static final String VERSION = "2025-03-31.basil";

  private static final int TRIES = 3;
  private static final int KEYS = 3;

  /// Not beyond this: a client waits, or a job that others take over after 30 s.
  private static final Duration TRY_WITHIN = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  private final HttpCalls calls;
  private final StripeSettings settings;

  StripeCalls(HttpCalls calls, StripeSettings settings) {
    this.calls = calls;
    this.settings = settings;
  }

  /// Reads one thing; empty when there is none.
  ///
  /// @param what is done, for messages: "find a checkout"
  Optional<JsonTree> find(String what, String path) {
    HttpReply reply = insist(what, HttpCall.get(url(path)));
    return reply.status() == 404 ? Optional.empty() : Optional.of(json(what, reply));
  }

  /// Reads what there always is.
  JsonTree get(String what, String path, Form query) {
    return json(what, insist(what, HttpCall.get(url(path) + "?" + query)));
  }

  /// Makes or changes something.
  ///
  /// @param key what makes a repeat the same
  JsonTree post(String what, String path, Form form, String key) {
    HttpCall call = HttpCall.form(url(path), form.toString());
    HttpReply reply = insist(what, call.header("Idempotency-Key", key));
    for (int no = 2; isKept(reply) && no <= KEYS; no++) {
      reply = insist(what, call.header("Idempotency-Key", key + "-" + no));
    }
    return json(what, reply);
  }

  /// Stripe keeps a failure of its own under the key, too: no repeat of that one succeeds.
  private static boolean isKept(HttpReply reply) {
    return reply.status() >= 500
        && reply.header("Idempotent-Replayed").filter("true"::equals).isPresent();
  }

  private String url(String path) {
    return settings.api() + "/v1/" + path;
  }

  private HttpReply insist(String what, HttpCall call) {
    HttpCall signed =
        call.header("Authorization", "Bearer " + settings.secretKey())
            .header("Stripe-Version", VERSION);
    long begun = System.nanoTime();
    for (int tried = 1; ; tried++) {
      Database.outsideLease("asking Stripe to " + what);
      Duration pause = PAUSE.multipliedBy((long) tried * tried);
      try {
        HttpReply reply = calls.send(signed);
        pause = reply.header("Retry-After").map(StripeCalls::seconds).orElse(pause);
        if (!mayPass(reply) || isLast(tried, begun, pause)) {
          return reply;
        }
      } catch (HttpFailure e) {
        if (isLast(tried, begun, pause)) {
          throw PaymentException.unavailable("Stripe does not answer, asked to " + what, e);
        }
      }
      pause(pause);
    }
  }

  private boolean isLast(int tried, long begun, Duration pause) {
    return tried == TRIES
        || System.nanoTime() - begun > TRY_WITHIN.toNanos()
        || !calls.hasTimeAfter(pause);
  }

  private static boolean mayPass(HttpReply reply) {
    Optional<String> told = reply.header("Stripe-Should-Retry");
    return !isKept(reply) && told.map("true"::equals).orElseGet(() -> isPassing(reply.status()));
  }

  private static boolean isPassing(int status) {
    return status == 409 || status == 429 || status >= 500;
  }

  private static JsonTree json(String what, HttpReply reply) {
    Optional<JsonTree> json = JsonTree.parse(reply.body());
    if (reply.isSuccess() && json.isPresent()) {
      return json.get();
    }
    String said = json.map(StripeCalls::error).orElse("no JSON");
    String message =
        "asked to %s, Stripe answered %d (%s), request %s"
            .formatted(what, reply.status(), said, reply.header("Request-Id").orElse("unknown"));
    if (reply.isSuccess() || isPassing(reply.status())) {
      throw PaymentException.unavailable(message, new IllegalStateException(message));
    }
    throw PaymentException.refused(message);
  }

  /// Words for programs only: the sentence for people may quote what was sent.
  private static String error(JsonTree json) {
    JsonTree error = json.at("error");
    return "type %s, code %s, parameter %s"
        .formatted(error.text("type"), error.text("code"), error.text("param"));
  }

  private static Duration seconds(String header) {
    try {
      Duration asked = Duration.ofSeconds(Math.clamp(Long.parseLong(header), 0, 60));
      return asked.compareTo(PAUSE_MAX) < 0 ? asked : PAUSE_MAX;
    } catch (NumberFormatException e) {
      return PAUSE;
    }
  }

  /// A little longer by chance, so that those who were refused together do not come back together.
  private static void pause(Duration pause) {
    Duration some = pause.plusMillis(ThreadLocalRandom.current().nextLong(100));
    Await.until("Stripe may be asked again", some, () -> false);
  }
}
