package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.internal.Fleet.Session;
import showfloor.dbapi.runtime.DatabaseConfig;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.PoolSettings;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.StartException;

/// This instance's place among those that share the database: takes a share of the connections at
/// the start, says every two seconds that it lives, ends the sessions of those that do not, takes
/// more when others leave. All on leases of the one pool.
///
/// Started by one thread; then [#beat] is called by one thread.
final class Membership {
  private static final Logger LOG = System.getLogger(Membership.class.getName());
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
  private static final Duration BEAT_LIMIT = Duration.ofSeconds(3);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Leases leases;
  private final Registry registry;
  private final Login login;
  private final Rhythm rhythm;
  private final PoolSettings wanted;
  private final boolean pooled;
  private volatile int share;
  private List<String> backends = List.of();
  private long beaten = System.nanoTime();
  private long quietUntil = System.nanoTime();

  Membership(Leases leases, Registry registry, Login login, Rhythm rhythm, DatabaseConfig config) {
    this.leases = leases;
    this.registry = registry;
    this.login = login;
    this.rhythm = rhythm;
    this.wanted = config.pool();
    this.pooled = config.isPooled();
  }

  boolean joined() {
    return share > 0;
  }

  /// Takes a share, if there is a registry to write it in. `StartException` with the arithmetic
  /// when none is left for as long as a start is patient.
  void join() throws SQLException {
    if (joined() || !within("look for the registry", JOIN_LIMIT, registry::exists)) {
      return;
    }
    awaitSignsOfLife();
    long end = System.nanoTime() + rhythm.patience().toNanos();
    Share taken = within("join the instances", JOIN_LIMIT, this::take);
    while (taken.got() == 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(RETRY.toNanos());
      taken = within("join the instances", JOIN_LIMIT, this::take);
    }
    if (taken.got() == 0) {
      throw new StartException(
          "no connection is left for this instance: "
              + taken.arithmetic()
              + ". Stop what is not"
              + " needed, lower database.pool-maximum, or an administrator runs:",
          List.of(taken.remedy()));
    }
    beaten = System.nanoTime();
    adopt(taken.got());
    announce(taken);
  }

  /// After an outage everyone looks dead until they have had time for a heartbeat.
  private void awaitSignsOfLife() throws SQLException {
    if (!within("look at the instances", JOIN_LIMIT, registry::look).dead().isEmpty()) {
      long beats = rhythm.beat().toNanos() * 3 / 2;
      LockSupport.parkNanos(Math.min(beats, rhythm.deadAfter().toNanos() / 2));
    }
  }

  private Share take(Unprefixed door) throws SQLException {
    registry.reap(door, registry.look(door));
    return registry.take(door, wanted.size(), share);
  }

  private void announce(Share taken) {
    boolean all = taken.got() == wanted.size();
    LOG.log(
        all ? Level.INFO : Level.WARNING,
        "Got {0} of {1} wanted connections: {2}",
        taken.got(),
        wanted.size(),
        taken.arithmetic());
    if (taken.walls().stream().noneMatch(wall -> wall.name().startsWith("the role "))) {
      LOG.log(
          Level.WARNING,
          "The login role has no connection limit, so nothing stops a second pool. An administrator"
              + " runs: {0};",
          limitStatement());
    }
  }

  private String limitStatement() {
    return "alter role %s connection limit %d"
        .formatted(Unprefixed.identifier(login.name()), Share.limitFor(wanted.size()));
  }

  /// Says that this instance lives, and does what the look at the others asks for. While the pool
  /// is full it is left out for a time: the work that fills it is a sign of life too.
  void beat() {
    boolean full = leases.freePermits() == 0;
    boolean lately = System.nanoTime() - beaten < rhythm.deadAfter().toNanos() / 2;
    if (!joined() || (full && lately)) {
      return;
    }
    try {
      adopt(within("heartbeat", BEAT_LIMIT, this::beat));
    } catch (SQLException | DatabaseException e) {
      LOG.log(Level.DEBUG, "A heartbeat was left out: {0}", e.getMessage());
    }
  }

  /// @return the share from now on
  private int beat(Unprefixed door) throws SQLException {
    Registry.Beat beat = registry.beat(door, backends);
    // A pooler's server processes are nobody's: the next transaction may be another instance's.
    backends =
        pooled
            ? List.of()
            : beat.fleet().of(beat.fleet().self()).stream().map(Session::key).toList();
    boolean judges = isSteady();
    if (!beat.known()) {
      return comeBack(door, beat.fleet());
    }
    if (judges) {
      registry.reap(door, beat.fleet());
    }
    // Who may not judge takes the shares of those who only look dead.
    return judges && share < wanted.size()
        ? Math.max(share, registry.take(door, wanted.size(), share).got())
        : share;
  }

  /// Whether it has seen enough to judge others: after a silence of its own, or of the server,
  /// everyone looks dead until they have had time for a heartbeat.
  private boolean isSteady() {
    long now = System.nanoTime();
    if (now - beaten > rhythm.deadAfter().toNanos()) {
      quietUntil = now + rhythm.deadAfter().toNanos();
    }
    beaten = now;
    return now - quietUntil >= 0;
  }

  /// Others took this instance for dead and ended its sessions: nothing of before is used again.
  private int comeBack(Unprefixed door, Fleet fleet) throws SQLException {
    String how =
        fleet
            .instance(fleet.self())
            .flatMap(Fleet.Instance::fence)
            .map(
                fence ->
                    "%s took it for dead %d s ago and ended its sessions"
                        .formatted(fence.by(), fence.age().toSeconds()))
            .orElse("its row in the registry is gone");
    leases.renew();
    Share taken = registry.take(door, wanted.size(), share);
    quietUntil = System.nanoTime() + rhythm.deadAfter().toNanos();
    LOG.log(
        Level.WARNING,
        "{0} was silent for too long: {1}. It has thrown all of its connections away and registered"
            + " anew with {2}. Was the process stopped, the machine suspended, or memory short?"
            + " {3}",
        fleet.self(),
        how,
        share,
        taken.room() < share ? "More is promised than there is: " + taken.arithmetic() : "");
    return share;
  }

  /// Gives the share back, on the last connection.
  void leave(Connection last) throws SQLException {
    if (joined()) {
      registry.leave(last);
    }
  }

  private synchronized void adopt(int connections) {
    int before = share;
    if (connections > before) {
      leases.resize(connections, wanted.minimumIdle());
      share = connections;
      if (before > 0) {
        LOG.log(Level.INFO, "Has {0} of {1} wanted connections now", connections, wanted.size());
      }
    }
  }

  private <T> T within(String job, Duration limit, Unprefixed.Job<T> step) throws SQLException {
    Operation operation =
        Operation.startingNow("dbapi", job, "-", limit).withPriority(Priority.HIGH);
    return leases.lease(operation, lease -> Unprefixed.watching(lease, step));
  }
}
