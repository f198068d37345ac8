package showfloor.subscriptions.overview;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Json;
import showfloor.httpapi.JsonValue;
import showfloor.httpapi.OwnerOnly;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.access.Paywall;
import showfloor.subscriptions.customer.Customers;

/// Routes that show what a company has, and end it.
public final class OverviewRoutes {
  private final Overview overview;
  private final PaymentProvider provider;
  private final Paywall paywall;

  public OverviewRoutes(
      Database database, Customers customers, PaymentProvider provider, Paywall paywall) {
    this.overview = new Overview(database, customers, provider, paywall);
    this.provider = provider;
    this.paywall = paywall;
  }

  public void declare(Routes routes) {
    routes.get("/api/subscriptions/plans", this::plans).guard(Guard.PUBLIC);
    routes.get("/api/subscriptions/status", this::status).guard(Guard.SIGNED_IN);
    routes.get("/api/subscriptions/explain", this::explain).guard(Guard.SIGNED_IN);
    routes.post("/api/subscriptions/cancel", this::cancel).guard(Guard.SIGNED_IN);
    routes.post("/api/subscriptions/resume", this::resume).guard(Guard.SIGNED_IN);
  }

  private Answer plans(Request request) {
    return Answer.ok(
        Json.object(
            out ->
                Json.array(
                    out, "plans", Stream.of(Plan.values()).map(OverviewRoutes::json).toList())));
  }

  private static JsonValue json(Plan plan) {
    return Json.object(
        out -> {
          Json.text(out, "plan", plan.word());
          Json.number(out, "priceCents", plan.priceCents());
          Json.text(out, "currency", Plan.CURRENCY);
          Json.text(out, "period", plan.period().toString());
        });
  }

  private Answer status(Request request) {
    return Answer.ok(StatusJson.of(overview.seen(request.caller())));
  }

  private Answer explain(Request request) {
    Paywall.Seen seen = overview.seen(request.caller());
    List<Entry> history = overview.history();
    return Answer.ok(
        Json.object(
            out -> {
              Json.object(out, "access", access -> StatusJson.writeAccess(access, seen));
              Json.value(out, "subscription", seen.subscription());
              Json.text(out, "provider", provider.name());
              Json.instant(out, "providerTime", seen.now());
              Json.number(out, "graceDays", paywall.rule().grace().toDays());
              Json.array(out, "history", history.stream().map(Entry::json).toList());
            }));
  }

  private Answer cancel(Request request) {
    OwnerOnly.check(request.caller(), "cancels its subscription");
    return changed(
        overview.cancel(request.caller()),
        "The subscription ends with its period; until then you have access.");
  }

  private Answer resume(Request request) {
    OwnerOnly.check(request.caller(), "resumes its subscription");
    return changed(overview.resume(request.caller()), "The subscription goes on.");
  }

  private static Answer changed(Optional<Paywall.Seen> seen, String message) {
    Paywall.Seen now =
        seen.filter(s -> s.standing().isPresent())
            .orElseThrow(
                () ->
                    Problem.of(
                            ProblemTypes.NOT_FOUND, "Your company has no subscription that runs.")
                        .code("NO_SUBSCRIPTION"));
    return Answer.ok(
        Json.object(
            out -> {
              Json.text(out, "message", message);
              Json.instant(
                  out, "currentPeriodEnd", now.standing().orElseThrow().subscription().periodEnd());
              Json.value(out, "subscription", now.subscription());
            }));
  }
}
