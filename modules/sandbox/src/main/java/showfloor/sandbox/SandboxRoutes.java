package showfloor.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Request;
import showfloor.httpapi.RouteClass;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;

/// Routes that stand for the provider's own pages.
final class SandboxRoutes {
  static final ProblemType NOT_APPLIED =
      new ProblemType(
          "event-not-applied",
          "Event not applied",
          503,
          "EVENT_NOT_APPLIED",
          true,
          "The sandbox has done what it was asked for, but this server has not heard of it in time.",
          "The event is sent again by itself. POST /api/subscriptions/confirm asks for the state.",
          "POST /sandbox/checkout/{id}/complete while the server is overloaded");

  /// Ten years: beyond it, dates are no longer such as anybody means.
  private static final Duration STEP_MAX = Duration.ofDays(3_653);

  /// From which days are counted.
  private static final LocalDate JANUARY = LocalDate.of(2001, 1, 1);

  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2099-12-31T23:59:59Z");

  private final Shop shop;

  SandboxRoutes(Shop shop) {
    this.shop = shop;
  }

  void declare(Routes routes) {
    routes.get("/sandbox/checkout/{checkoutId}", this::page).guard(Guard.PUBLIC);
    routes.post("/sandbox/checkout/{checkoutId}/complete", this::complete).guard(Guard.PUBLIC);
    routes.post("/sandbox/checkout/{checkoutId}/fail", this::fail).guard(Guard.PUBLIC);
    routes
        .get(
            "/sandbox/portal/{customerId}",
            request -> CheckoutPage.portal(request.query().text("back", "")))
        .guard(Guard.PUBLIC);
    // Everybody whose period ends on the way is billed and told of before the answer.
    routes.post("/sandbox/clock", this::clock).guard(Guard.PUBLIC).as(RouteClass.IMPORT);
  }

  private Answer page(Request request) {
    return shop.checkout(request.path("checkoutId"))
        .map(CheckoutPage::of)
        .orElseThrow(Problem::notFound);
  }

  private Answer complete(Request request) {
    Shop.Outcome outcome = shop.pay(request.path("checkoutId"), isLost(request));
    return switch (outcome) {
      case Shop.Outcome.Done done ->
          isBrowser(request)
              ? Answer.empty(303).header("Location", done.checkout().landing())
              : answer(request, done);
      case Shop.Outcome.NoCheckout _ -> throw Problem.notFound();
      case Shop.Outcome.AlreadySubscribed _ -> throw subscribed();
    };
  }

  private Answer fail(Request request) {
    Shop.Outcome outcome = shop.decline(request.path("checkoutId"), isLost(request));
    return switch (outcome) {
      case Shop.Outcome.Done done ->
          isBrowser(request) ? CheckoutPage.declined(done.checkout()) : answer(request, done);
      case Shop.Outcome.NoCheckout _ -> throw Problem.notFound();
      case Shop.Outcome.AlreadySubscribed _ -> throw subscribed();
    };
  }

  private static Problem subscribed() {
    return Problem.conflict(
        "ALREADY_SUBSCRIBED", "The customer pays for another subscription already.");
  }

  private static Answer answer(Request request, Shop.Outcome.Done done) {
    if (!done.applied() && !isLost(request)) {
      throw Problem.of(NOT_APPLIED, "The event is not applied yet; it is sent again.");
    }
    return Answer.ok(
        Json.object(
            out -> {
              Json.text(out, "sessionId", done.checkout().id());
              Json.bool(out, "paid", done.paid());
              Json.bool(out, "applied", done.applied());
              Json.text(out, "next", done.checkout().landing());
            }));
  }

  private Answer clock(Request request) {
    Fields body = request.json();
    @Nullable Instant now = body.instantOrNull("now");
    @Nullable String advance = body.textOrNull("advance", Limits.WORD);
    @Nullable Duration step = advance == null ? null : duration(advance);
    if (now != null && (now.isBefore(FIRST) || now.isAfter(LAST))) {
      body.fault("now", "OUT_OF_RANGE", "now must be from %s to %s.".formatted(FIRST, LAST));
    }
    if ((now == null) == (advance == null)) {
      body.fault("advance", "REQUIRED", "Either advance or now is required.");
    } else if (advance != null && step == null) {
      body.fault("advance", "INVALID_DURATION", "advance must be such as P31D, P1M or PT12H.");
    }
    body.done();
    Shop.Moved moved =
        now != null ? shop.set(now) : shop.advance(step == null ? Duration.ZERO : step);
    if (!moved.applied()) {
      throw Problem.of(NOT_APPLIED, "The clock was moved; what came of it is not applied yet.");
    }
    return Answer.ok(Json.object(out -> Json.instant(out, "now", moved.now())));
  }

  /// A period of months or days, or a duration of hours; null for anything else, or too much.
  private static @Nullable Duration duration(String text) {
    try {
      Duration step =
          text.contains("T")
              ? Duration.parse(text)
              : Duration.ofDays(JANUARY.until(JANUARY.plus(Period.parse(text)), ChronoUnit.DAYS));
      return step.abs().compareTo(STEP_MAX) > 0 ? null : step;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /// `?webhook=lost` lets the events get lost on their way.
  private static boolean isLost(Request request) {
    return request.query().text("webhook", "").equals("lost");
  }

  private static boolean isBrowser(Request request) {
    return request.header("Accept").filter(accept -> accept.contains("text/html")).isPresent();
  }
}
