package showfloor.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import showfloor.app.configuration.Settings;
import showfloor.app.health.Health;
import showfloor.app.stop.Budget;
import showfloor.app.stop.StopRequest;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.DatabaseRuntime;
import showfloor.dbapi.runtime.Jobs;
import showfloor.embeddedpostgres.EmbeddedPostgres;
import showfloor.embeddedpostgres.Endpoint;
import showfloor.httpapi.Domain;
import showfloor.httpapi.identity.SessionCache;
import showfloor.httpclient.HttpCalls;

/// The whole server: opened in one order, closed in the opposite one, from wherever it got to. Used
/// by one thread.
final class Application {
  private static final Logger LOG = System.getLogger(Application.class.getName());

  /// Sessions beside the pool's: the last one at stop, a person with psql.
  private static final int SPARE_SESSIONS = 5;

  private final Settings settings;
  private final Budget budget;
  private final Health health = new Health();
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable DatabaseRuntime database;
  private volatile @Nullable Server server;
  private @Nullable HttpCalls calls;
  private @Nullable Jobs jobs;
  private Optional<Thread> serverStop = Optional.empty();
  private int sessionsLeft;

  private Application(Settings settings) {
    this.settings = settings;
    this.budget = Budget.of(settings.stop());
  }

  /// How a stop went.
  ///
  /// @param sessions of this process that the database still had, -1 when it could not be asked
  /// @param complete every part ended within its budget
  record Stopped(int sessions, boolean complete) {
    boolean clean() {
      return sessions == 0 && complete;
    }
  }

  /// Opens everything; after it requests are served. When a step fails, or `stop` is asked for
  /// meanwhile, what was opened is closed again.
  static Application start(Settings settings, StopRequest stop) throws StartFailure {
    Application application = new Application(settings);
    try {
      application.open(stop);
      return application;
    } catch (StartFailure | RuntimeException | Error failure) {
      LOG.log(Level.DEBUG, "The start failed", failure);
      StartFailure told =
          stop.reason().isPresent()
              ? StartFailure.of(stop.reason().get())
              : StartFailure.of(failure, settings);
      throw told.leaving(application.stop());
    }
  }

  private void open(StopRequest stop) throws StartFailure {
    Server.requirePorts(settings);
    DatabaseConfig config = settings.database().external().orElseGet(this::startPostgres);
    goOn(stop);
    DatabaseRuntime opened = DatabaseRuntime.open(config);
    database = opened;
    Domains domains =
        Domains.of(
            opened.database(),
            new SessionCache(),
            settings,
            MailDelivery.of(settings),
            this::address);
    calls = domains.calls();
    // A migration may wait for the one of another replica, for as long as that takes.
    try (var _ = stop.meanwhile(opened::cancelAll)) {
      goOn(stop);
      opened.migrate(domains.all().stream().map(Domain::schema).toList());
    }
    goOn(stop);
    server = Server.start(settings, opened, domains, health, budget);
    health.serve(opened);
    jobs = startJobs(opened, domains);
  }

  private static Jobs startJobs(DatabaseRuntime opened, Domains domains) {
    return Jobs.start(
        opened, Stream.concat(Stream.of(opened.outbox().job()), domains.jobs().stream()).toList());
  }

  private static void goOn(StopRequest stop) throws StartFailure {
    if (stop.reason().isPresent()) {
      throw StartFailure.of(stop.reason().get());
    }
  }

  private DatabaseConfig startPostgres() {
    EmbeddedPostgres started =
        EmbeddedPostgres.start(
            showfloor.embeddedpostgres.Settings.in(settings.dataDir())
                .withMaxConnections(settings.database().pool().size() + SPARE_SESSIONS)
                .withProgress(line -> LOG.log(Level.INFO, "PostgreSQL: {0}", line)));
    postgres = started;
    Endpoint endpoint = started.endpoint();
    return new DatabaseConfig(
        "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/" + endpoint.database(),
        endpoint.user(),
        endpoint.password(),
        Map.of(),
        settings.database().pool());
  }

  /// Where the API serves, as somebody on this machine reaches it.
  String address() {
    return Server.url(settings.server().host(), port());
  }

  /// The port of the API.
  int port() {
    return Optional.ofNullable(server).orElseThrow().port();
  }

  /// The port of the operator's listener.
  int adminPort() {
    return Optional.ofNullable(server).orElseThrow().adminPort();
  }

  /// Closes everything that was opened, all of it within the one budget.
  Stopped stop() {
    return stop(false);
  }

  /// The same, and says how soon what runs is cancelled. For want of memory it tries again: what
  /// was cancelled gives some back.
  ///
  /// @param hurry what runs is cancelled at once
  Stopped stop(boolean hurry) {
    Budget parts = hurry ? budget.inHurry() : budget;
    long begun = System.nanoTime();
    while (true) {
      try {
        return stop(parts, hurry, begun);
      } catch (OutOfMemoryError e) {
        if (System.nanoTime() - begun > parts.total().toNanos()) {
          throw e;
        }
      }
    }
  }

  /// Says that it is not ready, goes on serving for the load balancers to notice, takes no more,
  /// lets what runs end, cancels what does not, the jobs first, ends the database sessions,
  /// interrupts who still waits for a client, stops the embedded PostgreSQL. What is done is not
  /// done again.
  private Stopped stop(Budget parts, boolean hurry, long begun) {
    health.stopping();
    Optional.ofNullable(jobs).ifPresent(Jobs::end);
    Optional<Thread> serverStop = stopServer(parts.announce());
    boolean drained = ended(serverStop, parts.drain());
    if (!drained) {
      LOG.log(Level.WARNING, "Requests still run after {0}: cancelling them", parts.drain());
    }
    if (hurry && database != null) {
      database.cancelAll();
    }
    boolean jobsEnded = endJobs(left(begun, parts.announce().plus(parts.drain())), parts);
    // Whoever still asks another server gets its failure now, while it can be written down.
    Optional.ofNullable(calls).ifPresent(HttpCalls::close);
    int sessions = closeDatabase(parts.database());
    Duration serverEnd = parts.announce().plus(parts.grace()).plus(parts.interrupt());
    boolean served = ended(serverStop, left(begun, serverEnd));
    boolean postgresStopped = stopPostgres(left(begun, parts.steps()));
    LOG.log(
        Level.INFO,
        "Stopped after {0} ms; database sessions left: {1}",
        Duration.ofNanos(System.nanoTime() - begun).toMillis(),
        sessions < 0 ? "unknown" : sessions);
    return new Stopped(sessions, jobsEnded && served && postgresStopped);
  }

  private static Duration left(long begun, Duration limit) {
    Duration left = limit.minusNanos(System.nanoTime() - begun);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  /// Stops the server on a thread of its own: it waits for the requests, which may have to be
  /// helped.
  private Optional<Thread> stopServer(Duration announce) {
    Server running = server;
    if (running != null && serverStop.isEmpty()) {
      // From here on, so that clients are gone by the time when connections are no more taken.
      running.drain();
      pause(announce);
      serverStop =
          Optional.of(Thread.ofPlatform().daemon().name("server-stop").start(() -> stop(running)));
    }
    return serverStop;
  }

  private static void stop(Server running) {
    boolean stopped = false;
    while (!stopped) {
      try {
        running.stop();
        stopped = true;
      } catch (OutOfMemoryError e) {
        Thread.onSpinWait();
      }
    }
  }

  /// Before the pool closes: what a job has done outside of the database it still writes down.
  private boolean endJobs(Duration limit, Budget parts) {
    Jobs running = jobs;
    if (running == null || running.await(limit)) {
      return true;
    }
    LOG.log(Level.WARNING, "A job still runs: cancelling it");
    return running.cancel(parts.interrupt().dividedBy(2));
  }

  private int closeDatabase(Duration limit) {
    DatabaseRuntime opened = database;
    if (opened == null) {
      return sessionsLeft;
    }
    try {
      sessionsLeft = opened.close(limit);
    } catch (RuntimeException e) { // the embedded PostgreSQL must be stopped all the same
      LOG.log(Level.ERROR, "The pool could not be closed", e);
      sessionsLeft = -1;
    }
    database = null;
    return sessionsLeft;
  }

  private boolean stopPostgres(Duration limit) {
    EmbeddedPostgres started = postgres;
    try {
      return started == null || started.stop(limit);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The embedded PostgreSQL could not be stopped", e);
      return false;
    }
  }

  private static boolean ended(Optional<Thread> thread, Duration limit) {
    try {
      return thread.isEmpty() || thread.get().join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
