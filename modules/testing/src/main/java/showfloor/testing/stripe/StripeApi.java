package showfloor.testing.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import showfloor.testing.stripe.StripeFaults.Fault;

/// Routes, keys and errors of the HTTP API. Thread-safe.
final class StripeApi implements Handler {
  private static final Pattern ONE =
      Pattern.compile("/v1/([a-z_/]+)/((?:cus|cs|sub)_\\w+)(/[a-z]+)?");
  private static final Duration KEPT_FOR = Duration.ofDays(1);
  private static final long SILENCE_MS = 20_000;

  private final StripeBook book;
  private final StripeFaults faults;
  private final Map<String, Kept> kept = new HashMap<>();
  private final List<FakeStripe.Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  StripeApi(StripeBook book, StripeFaults faults) {
    this.book = book;
    this.faults = faults;
  }

  private record Kept(String fingerprint, Result result, Instant at) {}

  private record Result(int status, ObjectNode json, boolean replayed) {
    Result(int status, ObjectNode json) {
      this(status, json, false);
    }

    Result again() {
      return new Result(status, json, true);
    }
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    String method = request.prologue().method().text();
    String path = request.path().rawPath();
    boolean isPost = method.equals("POST");
    String parameters = isPost ? body(request) : request.query().rawValue();
    Optional<String> key = header(request, "Idempotency-Key");
    seen.add(new FakeStripe.Seen(method, path, parameters, key, header(request, "Stripe-Version")));
    Optional<byte[]> garbage = faults.garbage();
    if (garbage.isPresent()) {
      response.send(garbage.get());
      return;
    }
    Optional<Fault> fault = faults.take();
    if (fault.equals(Optional.of(Fault.KEPT_ERROR)) && key.isPresent()) {
      keepFailure(method, path, new StripeForm(parameters), key.get());
    }
    before(fault, response);
    if (response.isSent()) {
      return;
    }
    faults.beginning(path);
    Result result = answer(request, method, path, parameters, key);
    if (fault.equals(Optional.of(Fault.LOST_ANSWER))) {
      throw new CloseConnectionException("the answer is lost");
    }
    send(response, result);
  }

  List<FakeStripe.Seen> seen() {
    return List.copyOf(seen);
  }

  private void before(Optional<Fault> fault, ServerResponse response) throws InterruptedException {
    switch (fault.orElse(Fault.LOST_ANSWER)) {
      case LOST_ANSWER -> {}
      case LOST_REQUEST -> throw new CloseConnectionException("the request is lost");
      case SILENCE -> {
        Thread.sleep(SILENCE_MS); // what is tested is that nobody waits for it
        throw new CloseConnectionException("the request is lost");
      }
      case SERVER_ERROR, KEPT_ERROR -> refuse(response, failure());
      case RATE_LIMIT -> {
        response.header("Retry-After", "1");
        refuse(response, new StripeRefusal(429, "rate_limit", "", "Too many requests."));
      }
      case KEY_IN_USE ->
          refuse(
              response,
              new StripeRefusal(
                  409, "idempotency_key_in_use", "", "There is currently another request."));
    }
  }

  private Result answer(
      ServerRequest request, String method, String path, String parameters, Optional<String> key) {
    try {
      authorize(request, method);
      StripeForm form = new StripeForm(parameters);
      if (method.equals("GET") || key.isEmpty()) {
        return new Result(200, route(method, path, form));
      }
      return once(method, path, form, key.get());
    } catch (StripeRefusal refusal) {
      return new Result(refusal.status(), refusal.json());
    }
  }

  /// For a day a key answers what it answered before, refusals too.
  private synchronized Result once(String method, String path, StripeForm form, String key) {
    String fingerprint = method + " " + path + " " + form.fingerprint();
    kept.values().removeIf(old -> old.at().plus(KEPT_FOR).isBefore(book.now()));
    Kept before = kept.get(key);
    if (before != null && !before.fingerprint().equals(fingerprint)) {
      throw new StripeRefusal(
          400,
          "idempotency_error",
          "",
          "Keys for idempotent requests can only be used with the same parameters they were first"
              + " used with.");
    }
    if (before != null) {
      return before.result().again();
    }
    Result result;
    try {
      result = new Result(200, route(method, path, form));
    } catch (StripeRefusal refusal) {
      result = new Result(refusal.status(), refusal.json());
    }
    kept.put(key, new Kept(fingerprint, result, book.now()));
    return result;
  }

  private synchronized void keepFailure(String method, String path, StripeForm form, String key) {
    String fingerprint = method + " " + path + " " + form.fingerprint();
    kept.put(key, new Kept(fingerprint, new Result(500, failure().json()), book.now()));
  }

  private static StripeRefusal failure() {
    return new StripeRefusal(500, "", "", "Sorry, something went wrong.");
  }

  private static void authorize(ServerRequest request, String method) {
    if (!header(request, "Authorization").equals(Optional.of("Bearer " + FakeStripe.SECRET_KEY))) {
      throw new StripeRefusal(401, "", "", "Invalid API Key provided: sk_test_****oor");
    }
    String type = header(request, "Content-Type").orElse("");
    if (method.equals("POST") && !type.startsWith("application/x-www-form-urlencoded")) {
      throw new StripeRefusal(400, "", "", "Invalid request: the body must be a form.");
    }
  }

  private ObjectNode route(String method, String path, StripeForm form) {
    Matcher one = ONE.matcher(path);
    String id = one.matches() ? one.group(2) : "";
    String route =
        method
            + " "
            + (id.isEmpty()
                ? path.substring("/v1/".length())
                : one.group(1) + "/*" + Objects.requireNonNullElse(one.group(3), ""));
    ObjectNode answer =
        switch (route) {
          case "POST customers" -> book.createCustomer(form);
          case "POST customers/*" -> book.updateCustomer(id, form);
          case "GET customers/search" -> book.searchCustomers(form);
          case "POST checkout/sessions" -> book.openCheckout(form);
          case "GET checkout/sessions" -> book.listCheckouts(form);
          case "GET checkout/sessions/*" -> book.checkout(id, form);
          case "POST checkout/sessions/*/expire" -> book.expireCheckout(id, form);
          case "POST billing_portal/sessions" -> book.openPortal(form);
          case "GET subscriptions" -> book.listSubscriptions(form);
          case "GET subscriptions/*" -> book.subscription(id, form);
          case "POST subscriptions/*" -> book.updateSubscription(id, form);
          default ->
              throw new StripeRefusal(
                  404, "", "", "Unrecognized request URL (%s: %s).".formatted(method, path));
        };
    return answer;
  }

  private void refuse(ServerResponse response, StripeRefusal refusal) {
    send(response, new Result(refusal.status(), refusal.json()));
  }

  private void send(ServerResponse response, Result result) {
    if (result.replayed()) {
      response.header("Idempotent-Replayed", "true");
    }
    response
        .status(Status.create(result.status()))
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header("Request-Id", "req_" + numbers.incrementAndGet())
        .send(result.json().toString());
  }

  private static String body(ServerRequest request) {
    return request.content().hasEntity() ? request.content().as(String.class) : "";
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }
}
