package showfloor.testing;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.UuidV7;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.Jobs;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.Authenticator;
import showfloor.httpapi.identity.Session;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpapi.runtime.ApiContract;
import showfloor.httpapi.runtime.HttpApi;
import showfloor.httpapi.runtime.HttpSettings;
import showfloor.httpapi.runtime.RequestListener;
import showfloor.httpapi.runtime.RouteFacts;

/// Some domains behind a real HTTP server on a free port, over a pool of their own.
///
/// Unless the domains bring an [Authenticator], a token is `companyId.userId`: each test makes up
/// its companies with [#newCompany].
@SuppressWarnings("exports") // some types are for the friends of db-api and http-api
public final class TestServer implements AutoCloseable {
  private final DatabaseRuntime runtime;
  private final WebServer server;
  private final HttpApi api;
  private final Contract contract;
  private final List<Domain> domains;
  private Optional<Jobs> jobs = Optional.empty();

  private TestServer(DatabaseRuntime runtime, WebServer server, HttpApi api, List<Domain> domains) {
    this.runtime = runtime;
    this.server = server;
    this.api = api;
    this.contract = new Contract(api.openapi());
    this.domains = domains;
  }

  /// What domains are made of.
  public record Parts(Database database, SessionCache sessions) {}

  /// Starts with a pool of [TestPostgres#POOL].
  public static TestServer start(Function<Parts, List<Domain>> domains) {
    return start(TestPostgres.POOL, domains);
  }

  /// Starts with a pool of `connections`, where a test needs so many.
  public static TestServer start(int connections, Function<Parts, List<Domain>> domains) {
    return start(connections, UnaryOperator.identity(), domains);
  }

  /// Starts with a pool of `connections`; `settings` may change the defaults of HTTP.
  public static TestServer start(
      int connections,
      UnaryOperator<HttpSettings> settings,
      Function<Parts, List<Domain>> domains) {
    DatabaseRuntime runtime = DatabaseRuntime.open(TestPostgres.config(connections));
    NoLeaks.watch(runtime);
    SessionCache sessions = new SessionCache();
    List<Domain> all = domains.apply(new Parts(runtime.database(), sessions));
    runtime.migrate(all.stream().map(Domain::schema).toList());
    HttpApi api =
        new HttpApi(
            all,
            runtime.idempotencyKeys(),
            authenticator(all),
            sessions,
            settings.apply(unlimited()),
            RequestListener.NONE);
    WebServerConfig.Builder config = WebServer.builder().host("127.0.0.1").port(0);
    api.configure(config);
    return new TestServer(runtime, config.build().start(), api, all);
  }

  /// The defaults, but for the rate: tests are faster than customers.
  private static HttpSettings unlimited() {
    HttpSettings usual = HttpSettings.defaults();
    return new HttpSettings(
        usual.allowedOrigins(),
        usual.trustedProxies(),
        1_000_000,
        1_000_000,
        usual.writeStall(),
        Duration.ofSeconds(1),
        usual.idleTimeout(),
        usual.maxFileSize());
  }

  private static Authenticator authenticator(List<Domain> domains) {
    for (Domain domain : domains) {
      if (domain instanceof Authenticator authenticator) {
        return authenticator;
      }
    }
    return TestServer::sessionOf;
  }

  private static Optional<Session> sessionOf(String token) {
    String[] ids = token.split("\\.", 2);
    try {
      return Optional.of(
          new Session(
              new Caller(UUID.fromString(ids[1]), UUID.fromString(ids[0]), new UUID(0, 0), "owner"),
              Access.Decision.OPEN));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /// A client without a token.
  public TestClient client() {
    return new TestClient(uri(), contract, Optional.empty());
  }

  /// A client of a company that did not exist before.
  public TestClient newCompany() {
    return client().withToken(UuidV7.next() + "." + UuidV7.next());
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  public Database database() {
    return runtime.database();
  }

  /// The pool as it is now.
  public PoolFacts pool() {
    return runtime.facts();
  }

  /// How many leases are held now, those of the pool's own jobs left out.
  public int leasesHeld() {
    return (int)
        runtime.facts().leases().stream().filter(lease -> !lease.module().equals("dbapi")).count();
  }

  /// What the catalogue says against the promises of tenancy; empty when kept.
  public List<String> violations() {
    return runtime.violations(domains.stream().map(Domain::schema).toList());
  }

  /// How many connections came back unclean or late since the start, and were not pooled again.
  public long connectionsDestroyed() {
    return runtime.facts().totals().destroyed();
  }

  /// Every route as `GET /api/dealers/{id}`.
  public List<String> routes() {
    return api.routes().stream().map(RouteFacts::name).toList();
  }

  /// Where routes and API description differ, in words; empty when they agree.
  public List<String> undescribed() {
    return new ApiContract(api.openapi()).differences(api.routes());
  }

  /// How many statements the module of `domain` declares.
  public static int statementsDeclaredBy(Class<?> domain) {
    return DeclaredStatements.of(domain.getModule().getName()).size();
  }

  /// What PostgreSQL says against the statements that the module of `domain` declares, each
  /// prepared against the migrated schema; empty when it takes all.
  public List<String> statementFaults(Class<?> domain) {
    return runtime.faults(DeclaredStatements.of(domain.getModule().getName()));
  }

  /// How many statements `work` costs, when nothing else runs.
  public long statementsOf(Runnable work) {
    long before = runtime.facts().totals().statements();
    work.run();
    return runtime.facts().totals().statements() - before;
  }

  /// How many trips to the database `work` costs, when nothing else runs.
  public long roundTripsOf(Runnable work) {
    long before = runtime.facts().totals().roundTrips();
    work.run();
    return runtime.facts().totals().roundTrips() - before;
  }

  /// Runs `work` as a job of `company`, for tests below HTTP.
  public <T, X extends Exception> T in(UUID company, ScopedValue.CallableOp<T, X> work) throws X {
    return Operation.startingNow("testing", "test", "test", Duration.ofMinutes(2))
        .inCompany(company)
        .call(work);
  }

  /// Lets the jobs of the domains run by themselves until the end.
  public TestServer withJobs() {
    jobs =
        Optional.of(
            Jobs.start(
                runtime, domains.stream().flatMap(domain -> domain.jobs().stream()).toList()));
    return this;
  }

  /// Runs a job of the domains once, on this thread; none runs by itself without [#withJobs].
  ///
  /// @param name such as `todos.send_reminders`
  public void runJob(String name) throws Exception {
    run(
        domains.stream()
            .flatMap(domain -> domain.jobs().stream())
            .filter(job -> job.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such job: " + name)));
  }

  /// Runs a job once, on this thread.
  public void run(Job job) throws Exception {
    Jobs.runOnce(job);
  }

  @Override
  public void close() {
    jobs.ifPresent(running -> running.cancel(Duration.ofSeconds(5)));
    server.stop();
    NoLeaks.forget(runtime);
    int left = runtime.close(Duration.ofSeconds(5));
    if (left != 0) {
      throw new AssertionError(left + " sessions left on the server");
    }
  }
}
