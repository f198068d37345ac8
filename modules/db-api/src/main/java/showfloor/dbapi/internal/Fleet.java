package showfloor.dbapi.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All instances that share the database, and all sessions of the login role, as the server showed
/// them at one moment. Judges only; immutable.
///
/// @param self the instance that looks
record Fleet(String self, Rhythm rhythm, List<Instance> instances, List<Session> sessions) {
  private static final Pattern NAME = Pattern.compile("(showfloor/[0-9a-f]{8})( .*)?");

  Fleet {
    instances = List.copyOf(instances);
    sessions = List.copyOf(sessions);
  }

  /// One row of the registry.
  ///
  /// @param silence since its last heartbeat
  /// @param fence since its sessions were ended and by whom, if they were
  /// @param backends keys of sessions that it had at its last heartbeat
  record Instance(
      String id,
      String host,
      int share,
      Duration silence,
      Optional<Fence> fence,
      Set<String> backends) {
    Instance {
      backends = Set.copyOf(backends);
    }

    @Override
    public String toString() {
      return "%s on %s".formatted(id, host);
    }
  }

  /// What was done to an instance that counted as dead.
  record Fence(Duration age, String by) {}

  /// One session of the login role.
  ///
  /// @param key process and start: no other session ever has both
  /// @param served whether the server works for it: it is active, and its client is waited for by
  ///   nobody
  /// @param here whether it is in this database
  /// @param age since it was opened
  /// @param quiet since its client last asked for something
  record Session(
      int pid,
      String key,
      String application,
      String address,
      String state,
      boolean served,
      boolean here,
      Duration age,
      Duration quiet) {}

  Optional<Instance> instance(String id) {
    return instances.stream().filter(instance -> instance.id().equals(id)).findFirst();
  }

  /// The id of the instance whose session it is, by its name or by what the registry knows.
  Optional<String> owner(Session session) {
    Matcher name = NAME.matcher(session.application());
    return name.matches()
        ? Optional.of(name.group(1))
        : instances.stream()
            .filter(instance -> instance.backends().contains(session.key()))
            .map(Instance::id)
            .findFirst();
  }

  /// The sessions of an instance in this database.
  List<Session> of(String id) {
    return sessions.stream()
        .filter(session -> session.here() && owner(session).filter(id::equals).isPresent())
        .toList();
  }

  /// Instances other than this one that have been silent for too long and show no other sign of
  /// life. They are still to be fenced.
  List<Instance> dead() {
    return instances.stream()
        .filter(instance -> instance.fence().isEmpty() && !instance.id().equals(self))
        .filter(instance -> isLong(instance.silence()) && !showsLife(instance))
        .toList();
  }

  /// Without a heartbeat it is alive all the same where one of its clients asked for something, or
  /// where the server works for all of its connections: then it has none for a heartbeat. A frozen
  /// one asks for nothing, and a stalled COPY waits for its client.
  private boolean showsLife(Instance instance) {
    List<Session> own = of(instance.id());
    return own.stream().anyMatch(session -> !isLong(session.quiet()))
        || (own.size() >= instance.share() && own.stream().allMatch(Session::served));
  }

  /// Sessions in this database whose instance is dead, once those in `fencedNow` are fenced too:
  /// what was open before the fence, or has outlasted it for long; and sessions of instances that
  /// are not in the registry and have been silent for very long.
  List<Session> stale(Collection<String> fencedNow) {
    return sessions.stream()
        .filter(Session::here)
        .filter(
            session ->
                owner(session)
                    .filter(id -> !id.equals(self))
                    .filter(id -> fencedNow.contains(id) || isStale(session, instance(id)))
                    .isPresent())
        .toList();
  }

  private boolean isStale(Session session, Optional<Instance> instance) {
    if (instance.isEmpty()) {
      return !session.served() && session.quiet().compareTo(rhythm.orphanAfter()) > 0;
    }
    return instance
        .get()
        .fence()
        .filter(fence -> isLong(session.age()) || session.age().compareTo(fence.age()) > 0)
        .isPresent();
  }

  /// Sessions in this database that no instance owns: a person, or a second pool somewhere.
  List<Session> foreign() {
    return sessions.stream().filter(session -> session.here() && owner(session).isEmpty()).toList();
  }

  /// The other instances that live, whose shares count.
  List<Instance> others() {
    Set<String> gone = new HashSet<>(dead().stream().map(Instance::id).toList());
    return instances.stream()
        .filter(instance -> instance.fence().isEmpty() && !instance.id().equals(self))
        .filter(instance -> !gone.contains(instance.id()))
        .toList();
  }

  /// How many sessions are covered by a share, or are about to end.
  int covered() {
    Set<Session> covered = new HashSet<>(stale(dead().stream().map(Instance::id).toList()));
    Stream.concat(Stream.of(self), others().stream().map(Instance::id))
        .forEach(id -> covered.addAll(of(id)));
    return covered.size();
  }

  private boolean isLong(Duration silence) {
    return silence.compareTo(rhythm.deadAfter()) > 0;
  }
}
