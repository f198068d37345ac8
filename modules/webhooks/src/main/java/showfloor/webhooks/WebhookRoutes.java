package showfloor.webhooks;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.httpapi.Answer;
import showfloor.httpapi.Json;
import showfloor.httpapi.Limits;
import showfloor.httpapi.Problem;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Request;
import showfloor.httpapi.Routes;
import showfloor.httpapi.Routes.Guard;
import showfloor.subscriptions.PaymentProvider;
import showfloor.subscriptions.WebhookSignature;

/// The route that the payment provider calls.
final class WebhookRoutes {
  static final ProblemType NOT_SIGNED =
      new ProblemType(
          "invalid-signature",
          "Invalid signature",
          400,
          "INVALID_SIGNATURE",
          false,
          "The header Stripe-Signature is missing, malformed, too old, in the future, or not made over"
              + " exactly these bytes with a secret of this server.",
          "Check the signing secret of the endpoint, both clocks, and that no proxy changes the body.",
          "POST /api/webhooks/stripe without a signature");

  private static final Logger LOG = System.getLogger(WebhookRoutes.class.getName());

  private final Database database;
  private final PaymentProvider provider;
  private final Job.Signal arrived;
  private final InstantSource clock;

  WebhookRoutes(
      Database database, PaymentProvider provider, Job.Signal arrived, InstantSource clock) {
    this.database = database;
    this.provider = provider;
    this.arrived = arrived;
    this.clock = clock;
  }

  void declare(Routes routes) {
    routes
        .post("/api/webhooks/stripe", this::take)
        .guard(Guard.PUBLIC)
        .streams(Limits.WEBHOOK_BODY);
  }

  /// The bytes are verified as they came, and parsed only then.
  private Answer take(Request request) throws IOException {
    byte[] body = request.body().readAllBytes();
    Instant now = clock.instant();
    String header = request.header("Stripe-Signature").orElse("");
    Optional<String> fault = WebhookSignature.fault(header, body, provider.webhookSecrets(), now);
    if (fault.isPresent()) {
      LOG.log(Level.INFO, "Refused an event: {0}", fault.get());
      throw Problem.of(NOT_SIGNED, "The event is not signed as it must be.");
    }
    Event event =
        Event.parse(body)
            .orElseThrow(() -> Problem.badRequest("The body is signed, but no event."));
    if (event.live() != provider.isLive()) {
      throw Problem.badRequest(
          "The event is of the provider's %s mode; this server is not."
              .formatted(event.live() ? "live" : "test"));
    }
    store(event, now);
    return Answer.ok(Json.object(out -> Json.bool(out, "received", true)));
  }

  private void store(Event event, Instant now) {
    boolean wanted = event.isOfSubscription();
    boolean added =
        EventQueries.add(database, provider.name(), event, wanted ? "pending" : "ignored", now);
    if (added && wanted) {
      arrived.raise();
    }
  }
}
