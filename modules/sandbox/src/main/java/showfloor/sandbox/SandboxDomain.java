package showfloor.sandbox;

import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.Schema;
import showfloor.httpapi.Domain;
import showfloor.httpapi.ProblemType;
import showfloor.httpapi.Routes;
import showfloor.httpclient.HttpCalls;
import showfloor.subscriptions.PaymentProvider;

/// A payment provider that moves no money. Thread-safe.
public final class SandboxDomain implements Domain {
  private final Database database;
  private final SandboxProvider provider;
  private final Deliveries deliveries;
  private final Shop shop;
  private final AtomicReference<@Nullable String> secret = new AtomicReference<>();

  /// @param server where this server serves, such as `http://localhost:8080`; known once it does
  /// @param clockMoved told when time itself has changed: whatever was decided by it is old
  public SandboxDomain(
      Database database, HttpCalls calls, Supplier<String> server, Runnable clockMoved) {
    InstantSource clock = InstantSource.system();
    this.database = database;
    this.deliveries =
        new Deliveries(
            database, calls, () -> server.get() + "/api/webhooks/stripe", this::secret, clock);
    this.provider = new SandboxProvider(database, deliveries, server, this::secret, clock);
    this.shop = new Shop(database, provider, deliveries, clockMoved, clock);
  }

  /// Made once for a database, so one look is enough.
  private String secret() {
    @Nullable String known = secret.get();
    if (known == null) {
      known = SandboxQueries.secret(database);
      secret.set(known);
    }
    return known;
  }

  /// What the server asks.
  public PaymentProvider provider() {
    return provider;
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public Schema schema() {
    String reason = "plays a provider, which knows customers and no tenants";
    return Schema.of(name(), SandboxDomain.class::getResourceAsStream, "migrations/V1__sandbox.sql")
        .withSystemTable("provider", reason)
        .withSystemTable("customers", reason)
        .withSystemTable("subscriptions", reason)
        .withSystemTable("checkouts", reason)
        .withSystemTable("events", reason);
  }

  @Override
  public void routes(Routes routes) {
    new SandboxRoutes(shop).declare(routes);
  }

  @Override
  public InputStream openapi() {
    return Objects.requireNonNull(SandboxDomain.class.getResourceAsStream("openapi.yaml"));
  }

  @Override
  public List<ProblemType> problemTypes() {
    return List.of(SandboxRoutes.NOT_APPLIED);
  }

  @Override
  public List<Job> jobs() {
    return List.of(
        new Job(
            "sandbox.keep_time",
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            run -> {
              shop.tick(run);
              deliveries.sendAgain(run);
            }));
  }
}
