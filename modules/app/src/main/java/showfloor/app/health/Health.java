package showfloor.app.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import showfloor.app.health.DatabaseSigns.Sign;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.runtime.DatabaseRuntime;

/// What probes are told: a verdict that was reached in the background, so that answering costs
/// nothing and waits for nobody. Thread-safe.
public final class Health {
  private static final Logger LOG = System.getLogger(Health.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("health").factory());
  private volatile Phase phase = Phase.STARTING;
  private volatile Supplier<Connections> connections = () -> new Connections(0, 0);
  private volatile Hysteresis database = Hysteresis.startingGood();

  private enum Phase {
    STARTING,
    SERVING,
    STOPPING
  }

  /// What readiness is.
  ///
  /// @param ready requests may come
  /// @param reason in one or two words
  public record Verdict(boolean ready, String reason) {}

  /// How many connections this instance has got of those it wants; fewer are no reason to send it
  /// no requests.
  public record Connections(int got, int wanted) {}

  /// Says that requests may come, and watches the database from now on.
  public void serve(DatabaseRuntime runtime) {
    connections = () -> new Connections(runtime.connections(), runtime.connectionsWanted());
    watch(new DatabaseSigns(runtime::facts, () -> pings(runtime))::look, INTERVAL);
  }

  /// Says that no more requests should come; never taken back.
  public void stopping() {
    phase = Phase.STOPPING;
    watch.shutdown();
  }

  /// Whether requests should be sent here.
  public Verdict ready() {
    return switch (phase) {
      case STARTING -> new Verdict(false, "starting");
      case STOPPING -> new Verdict(false, "stopping");
      case SERVING ->
          database.good()
              ? new Verdict(true, "ok")
              : new Verdict(false, "the database does not answer");
    };
  }

  /// The share of the database's connections; none before the start is over.
  public Connections connections() {
    return connections.get();
  }

  /// Whether the start is over.
  public boolean started() {
    return phase != Phase.STARTING;
  }

  void watch(Supplier<Sign> signs, Duration interval) {
    phase = Phase.SERVING;
    long nanos = interval.toNanos();
    var _ = watch.scheduleWithFixedDelay(() -> observe(signs), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void observe(Supplier<Sign> signs) {
    Hysteresis before = database;
    Sign sign;
    try {
      sign = signs.get();
    } catch (RuntimeException | Error e) { // it would end the watch for ever
      LOG.log(Level.WARNING, "The watch on the database failed", e);
      sign = Sign.BAD;
    }
    if (sign == Sign.NONE) {
      return;
    }
    database = before.observe(sign == Sign.GOOD);
    if (before.good() && !database.good()) {
      LOG.log(Level.WARNING, "Not ready: the database does not answer");
    } else if (!before.good() && database.good()) {
      LOG.log(Level.INFO, "Ready again: the database answers");
    }
  }

  private static boolean pings(DatabaseRuntime runtime) {
    try {
      runtime.ping();
      return true;
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "The database gave no sign of life: {0}", e.getMessage());
      return false;
    }
  }
}
