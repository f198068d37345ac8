package showfloor.webhooks;

import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Routes;
import showfloor.subscriptions.SubscriptionsDomain;

/// What the payment provider tells. Thread-safe.
public final class WebhooksDomain implements Domain {
  private final WebhookRoutes routes;
  private final Worker worker;
  private final Job.Signal arrived = new Job.Signal();

  public WebhooksDomain(Database database, SubscriptionsDomain subscriptions) {
    this(database, subscriptions, InstantSource.system());
  }

  WebhooksDomain(Database database, SubscriptionsDomain subscriptions, InstantSource clock) {
    this.routes = new WebhookRoutes(database, subscriptions.provider(), arrived, clock);
    this.worker = new Worker(database, subscriptions, clock);
  }

  /// How many events were not done when this process last worked on them.
  public Waiting waiting() {
    return worker.waiting();
  }

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public Schema schema() {
    return Schema.of(
            name(),
            WebhooksDomain.class::getResourceAsStream,
            "migrations/V1__webhooks.sql",
            "migrations/V2__forgotten_events.sql")
        .withSystemTable("events", "an event of the provider names its customer, no company");
  }

  @Override
  public void routes(Routes routes) {
    this.routes.declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(WebhooksDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(WebhookRoutes.NOT_SIGNED);
  }

  /// The pause is for what others left, and for repeats: an event that comes in wakes it.
  @Override
  public List<Job> jobs() {
    return List.of(
        new Job(
            "webhooks.apply_events",
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            worker::run,
            arrived));
  }
}
