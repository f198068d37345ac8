package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.Reconciliation;

/// Holds books, pool and server against one another, and logs what does not fit: once when it comes
/// up, once when it is gone. Thread-safe.
final class Monitor {
  private static final Logger LOG = System.getLogger(Monitor.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(5);
  private static final int LOOKS = 3;
  private static final int SAMPLES = 20;

  private final Leases leases;
  private final Registry registry;
  private final String instance;
  private final boolean pooled;
  private Set<String> warned = Set.of();
  private volatile @Nullable Reconciliation latest;

  /// @param pooled whether a pooler stands before the server: its sessions are not this pool's
  Monitor(Leases leases, Registry registry, String instance, boolean pooled) {
    this.leases = leases;
    this.registry = registry;
    this.instance = instance;
    this.pooled = pooled;
  }

  Optional<Reconciliation> latest() {
    return Optional.ofNullable(latest);
  }

  /// Looks now. What is there at one look only is connections coming and going.
  synchronized Reconciliation reconcile() {
    Look look = look();
    for (int i = 1; i < LOOKS && !look.agrees(); i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      look = look().confirming(look);
    }
    List<Fleet.Session> foreign = look.fleet().map(Fleet::foreign).orElse(List.of());
    List<Fleet.Session> stale = look.fleet().map(Monitor::stale).orElse(List.of());
    Reconciliation result =
        new Reconciliation(
            Instant.now(),
            look.held(),
            look.inUse(),
            look.open(),
            look.fleet().map(fleet -> fleet.of(instance).size()).orElse(-1),
            look.differences(),
            foreign.stream().map(Monitor::shown).toList(),
            stale.stream().map(Monitor::shown).toList());
    latest = result;
    warn(result);
    return result;
  }

  private static List<Fleet.Session> stale(Fleet fleet) {
    return fleet.stale(fleet.dead().stream().map(Fleet.Instance::id).toList());
  }

  private static Reconciliation.Session shown(Fleet.Session session) {
    return new Reconciliation.Session(
        session.pid(),
        session.application(),
        session.address(),
        session.state(),
        session.key().substring(session.key().indexOf('@') + 1));
  }

  private Look look() {
    Look books = books();
    try {
      Operation operation =
          Operation.startingNow("dbapi", "monitor", "-", LIMIT).withPriority(Priority.HIGH);
      return leases.lease(
          operation, lease -> Unprefixed.watching(lease, door -> look(books, door)));
    } catch (SQLException | DatabaseException e) {
      LOG.log(Level.DEBUG, "The monitor could not ask the server: {0}", e.getMessage());
      return books;
    }
  }

  private Look look(Look books, Unprefixed door) throws SQLException {
    List<Lease> leased = leases.held();
    int before = leases.open();
    Fleet fleet = registry.look(door);
    int after = leases.open();
    int sessions = fleet.of(instance).size();
    // Connections may have been opened or closed meanwhile.
    int unpooled =
        sessions - Math.clamp(sessions, Math.min(before, after), Math.max(before, after));
    return new Look(
        books.held(),
        books.inUse(),
        after,
        books.unbooked(),
        pooled ? 0 : unpooled,
        pooled ? Set.of() : lost(leased, fleet),
        Optional.of(fleet));
  }

  /// Books and pool, sampled until they agree: neither waits for the other.
  private Look books() {
    int held = leases.held().size();
    int inUse = leases.inUse();
    for (int i = 1; i < SAMPLES && held != inUse; i++) {
      LockSupport.parkNanos(BETWEEN_SAMPLES.toNanos());
      held = leases.held().size();
      inUse = leases.inUse();
    }
    return new Look(held, inUse, leases.open(), inUse - held, 0, Set.of(), Optional.empty());
  }

  /// Leases that are still held by a process that the server does not show.
  private Set<String> lost(List<Lease> before, Fleet fleet) {
    Set<Integer> there =
        fleet.sessions().stream().map(Fleet.Session::pid).collect(Collectors.toSet());
    return leases.held().stream()
        .filter(before::contains)
        .filter(lease -> !there.contains(lease.server().getBackendPID()))
        .map(
            lease ->
                "lease #%d %s %s holds server process %d, which is not there"
                    .formatted(
                        lease.id(),
                        lease.operation().module(),
                        lease.operation().name(),
                        lease.server().getBackendPID()))
        .collect(Collectors.toSet());
  }

  private void warn(Reconciliation result) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (result.held() * 5 > leases.size() * 4) {
      lines.put("more than 80 % of the connections are held", ": " + leases.held());
    }
    result.differences().forEach(difference -> lines.put(difference, ""));
    result
        .foreign()
        .forEach(
            s ->
                lines.put("no instance owns session " + s.pid() + " since " + s.since(), ": " + s));
    result
        .stale()
        .forEach(
            s ->
                lines.put(
                    "a dead instance has session " + s.pid() + " since " + s.since(), ": " + s));
    lines.forEach(
        (line, more) -> {
          if (!warned.contains(line)) {
            LOG.log(Level.WARNING, "Monitor: {0}{1}", line, more);
          }
        });
    if (result.sessions() >= 0) {
      warned.stream()
          .filter(line -> !lines.containsKey(line))
          .forEach(line -> LOG.log(Level.INFO, "Monitor: no longer: {0}", line));
      warned = Set.copyOf(lines.keySet());
    } else {
      Set<String> known = new TreeSet<>(warned);
      known.addAll(lines.keySet());
      warned = known;
    }
  }
}
