package showfloor.subscriptions.checkout;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Fields;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.OwnerOnly;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.ProblemTypes;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.PaymentProvider.Checkout;
import showfloor.subscriptions.Plan;
import showfloor.subscriptions.SubscriptionSettings;
import showfloor.subscriptions.access.Paywall;
import showfloor.subscriptions.checkout.Checkouts.Outcome;
import showfloor.subscriptions.customer.Customers;
import showfloor.subscriptions.overview.StatusJson;

/// Routes of paying.
public final class CheckoutRoutes {
  public static final ProblemType EXISTS =
      new ProblemType(
          "subscription-exists",
          "Subscription exists",
          400,
          "SUBSCRIPTION_EXISTS",
          false,
          "Your company has a subscription that is running, or waits for a payment: a second one"
              + " would be paid beside it.",
          "Its owner resumes it (POST /api/subscriptions/resume), or manages it in the portal"
              + " (POST /api/subscriptions/create-portal-session).",
          "POST /api/subscriptions/create-checkout-session twice, paid in between");

  private static final String KEY = "Idempotency-Key";
  private static final String ORIGIN = "Origin";

  private final Database database;
  private final Checkouts checkouts;

  public CheckoutRoutes(
      Database database,
      Customers customers,
      PaymentProvider provider,
      Paywall paywall,
      SubscriptionSettings settings,
      InstantSource clock) {
    this.database = database;
    this.checkouts = new Checkouts(customers, provider, paywall, settings, clock);
  }

  public void declare(Routes routes) {
    routes
        .post("/api/subscriptions/create-checkout-session", this::open)
        .guard(Guard.SIGNED_IN)
        .idempotent();
    routes.post("/api/subscriptions/confirm", this::confirm).guard(Guard.SIGNED_IN);
    routes.post("/api/subscriptions/create-portal-session", this::portal).guard(Guard.SIGNED_IN);
  }

  private Answer open(Request request) {
    Fields body = request.json();
    String word = body.oneOf("plan", List.of(Plan.MONTHLY.word(), Plan.ANNUAL.word()));
    body.done();
    Plan plan = Plan.of(word).orElseThrow();
    return switch (checkouts.open(
        request.caller(), plan, request.header(KEY), request.header(ORIGIN))) {
      case Outcome.Opened opened ->
          request.once(
              database,
              sql -> {
                checkouts.store(sql, opened);
                return opened(opened.checkout());
              });
      // A repeat gets its first answer, even where it was paid meanwhile.
      case Outcome.Exists exists ->
          request.once(
              database,
              sql -> {
                throw exists(exists.seen());
              });
      case Outcome.Expired _ ->
          request.once(
              database,
              sql -> {
                throw expired();
              });
      case Outcome.Gone _ -> throw Problem.notFound();
    };
  }

  private static Answer opened(Checkout checkout) {
    return Answer.ok(
        Json.object(
            out -> {
              Json.text(out, "sessionId", checkout.id());
              Json.text(out, "url", checkout.url());
            }));
  }

  private static Problem expired() {
    return Problem.conflict(
        "CHECKOUT_EXPIRED",
        "This checkout can no longer be paid: open another one, with a new Idempotency-Key.");
  }

  private static Problem exists(Paywall.Seen seen) {
    return Problem.of(EXISTS, "Your company has a subscription already.")
        .with("reason", Json.text(seen.verdict().reason().name()))
        .with("subscription", StatusJson.subscription(seen));
  }

  private Answer confirm(Request request) {
    Optional<String> session = Optional.empty();
    if (!request.contentType().isEmpty()) {
      Fields body = request.json();
      @Nullable String id = body.textOrNull("sessionId", Limits.NAME);
      body.done();
      session = Optional.ofNullable(id);
    }
    return checkouts
        .confirm(request.caller(), session)
        .map(seen -> Answer.ok(StatusJson.of(seen)))
        .orElseThrow(Problem::notFound);
  }

  private Answer portal(Request request) {
    OwnerOnly.check(request.caller(), "manages its payments");
    String url =
        checkouts
            .portal(request.caller(), request.header(ORIGIN))
            .orElseThrow(
                () ->
                    Problem.of(ProblemTypes.NOT_FOUND, "Your company has no subscription yet.")
                        .code("NO_SUBSCRIPTION"));
    return Answer.ok(Json.object(out -> Json.text(out, "url", url)));
  }
}
