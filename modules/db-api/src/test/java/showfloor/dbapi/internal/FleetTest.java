package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.internal.Fleet.Fence;
import showfloor.dbapi.internal.Fleet.Instance;
import showfloor.dbapi.internal.Fleet.Session;

/// Who counts as dead, and which sessions are whose. Seconds throughout.
class FleetTest {
  private static final String SELF = "showfloor/00000001";
  private static final String OTHER = "showfloor/00000002";
  private static final String GONE = "showfloor/00000003";

  private final List<Instance> instances = new ArrayList<>();
  private final List<Session> sessions = new ArrayList<>();

  @Test
  void anInstanceWithAFreshHeartbeatLives() {
    instance(OTHER, 2, 7, null);
    session(OTHER, "idle", false, 100, 50);
    assertThat(fleet().dead()).isEmpty();
    assertThat(fleet().stale(List.of())).isEmpty();
  }

  @Test
  void aSilentInstanceIsDeadWithItsIdleAndItsStalledSessions() {
    instance(OTHER, 3, 9, null);
    session(OTHER, "idle", false, 100, 50);
    session(OTHER + " request-1", "active", false, 100, 9); // a COPY that waits for its client
    session(OTHER, "active", true, 100, 9);
    Fleet fleet = fleet();
    assertThat(fleet.dead()).extracting(Instance::id).containsExactly(OTHER);
    assertThat(fleet.stale(List.of())).as("not before it is fenced").isEmpty();
    assertThat(fleet.stale(List.of(OTHER))).hasSize(3);
  }

  @Test
  void anInstanceWhoseClientsAskedForSomethingLatelyLives() {
    instance(OTHER, 1, 60, null);
    session(OTHER, "idle in transaction", false, 100, 3);
    assertThat(fleet().dead()).isEmpty();
  }

  @Test
  void anInstanceForAllOfWhoseConnectionsTheServerWorksLives() {
    instance(OTHER, 2, 60, null);
    session(OTHER, "active", true, 100, 60);
    assertThat(fleet().dead()).as("it has another one for a heartbeat").hasSize(1);
    session(OTHER, "active", true, 100, 60);
    assertThat(fleet().dead()).isEmpty();
  }

  @Test
  void anInstanceIsNeverDeadToItself() {
    instance(SELF, 1, 60, null);
    session(SELF, "idle", false, 100, 50);
    assertThat(fleet().dead()).isEmpty();
    instances.clear();
    instance(SELF, 1, 60, new Fence(Duration.ofSeconds(5), OTHER));
    assertThat(fleet().stale(List.of())).isEmpty();
  }

  @Test
  void aFencedInstanceLosesWhatItHadBeforeAndWhatItKeepsForLong() {
    instance(OTHER, 2, 60, new Fence(Duration.ofSeconds(5), SELF));
    Session before = session(OTHER, "idle", false, 6, 6);
    session(OTHER, "idle", false, 4, 4);
    assertThat(fleet().dead()).as("already fenced").isEmpty();
    assertThat(fleet().stale(List.of())).containsExactly(before);
    sessions.clear();
    instances.clear();
    instance(OTHER, 2, 60, new Fence(Duration.ofSeconds(50), SELF));
    assertThat(fleet().stale(List.of())).isEmpty();
    Session kept = session(OTHER, "active", true, 9, 1);
    assertThat(fleet().stale(List.of())).containsExactly(kept);
  }

  @Test
  void aSessionOfAnUnknownInstanceIsStaleOnlyWhenItHasBeenQuietForVeryLong() {
    session(GONE, "idle", false, 100, 59);
    assertThat(fleet().stale(List.of())).as("it may be about to register").isEmpty();
    session(GONE, "active", true, 3_600, 3_600);
    assertThat(fleet().stale(List.of())).as("it may migrate").isEmpty();
    Session left = session(GONE, "idle", false, 100, 61);
    assertThat(fleet().stale(List.of())).containsExactly(left);
    assertThat(fleet().foreign()).isEmpty();
  }

  @Test
  void aBackendOfTheRegistryIsItsInstancesWhateverItIsCalled() {
    Session renamed = session("psql", "idle", false, 100, 50);
    assertThat(fleet().foreign()).containsExactly(renamed);
    instances.add(
        new Instance(
            OTHER, "h", 1, Duration.ofSeconds(9), Optional.empty(), Set.of(renamed.key())));
    assertThat(fleet().foreign()).isEmpty();
    assertThat(fleet().stale(List.of(OTHER))).containsExactly(renamed);
  }

  @Test
  void aPidThatWasGivenAgainBelongsToNobody() {
    Session again = session("psql", "idle", false, 1, 1);
    instances.add(
        new Instance(
            OTHER,
            "h",
            1,
            Duration.ofSeconds(9),
            Optional.of(new Fence(Duration.ofSeconds(5), SELF)),
            Set.of(again.pid() + "@2026-01-01T00:00:00.000000Z")));
    assertThat(fleet().stale(List.of())).isEmpty();
    assertThat(fleet().foreign()).containsExactly(again);
  }

  @Test
  void sessionsOfTheLivingAndOfTheDyingAreCovered() {
    instance(OTHER, 2, 1, null);
    instance(GONE, 2, 60, null);
    session(SELF, "idle", false, 1, 1);
    session(OTHER, "idle", false, 1, 1);
    session(GONE, "idle", false, 100, 60);
    session("psql", "idle", false, 1, 1);
    assertThat(fleet().covered()).isEqualTo(3);
    assertThat(fleet().others()).extracting(Instance::id).containsExactly(OTHER);
  }

  private Fleet fleet() {
    return new Fleet(SELF, Rhythm.USUAL, instances, sessions);
  }

  private void instance(
      String id, int share, int silence, @org.jspecify.annotations.Nullable Fence fence) {
    instances.add(
        new Instance(
            id, "host", share, Duration.ofSeconds(silence), Optional.ofNullable(fence), Set.of()));
  }

  private Session session(String name, String state, boolean served, int age, int quiet) {
    int pid = 1_000 + sessions.size();
    Session session =
        new Session(
            pid,
            pid + "@2026-11-26T10:00:00.000000Z",
            name,
            "local",
            state,
            served,
            true,
            Duration.ofSeconds(age),
            Duration.ofSeconds(quiet));
    sessions.add(session);
    return session;
  }
}
