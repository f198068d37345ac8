package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an instance must not do to others, however the moments fall.
class RegistryTest {
  private final FleetRig rig = new FleetRig(20);

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void oneThatCameBackSinceTheLookIsNotFenced() throws Exception {
    rig.registry(
        "insert into dbapi.instances (id, host, share) values ('showfloor/0000beef', 'h', 1)");
    Pool pool = rig.open(1, FleetRig.SILENT);
    rig.registry(beefBeat("- interval '1 hour'"));
    pool.leases()
        .lease(
            Rig.operation(Duration.ofSeconds(20)),
            lease ->
                Unprefixed.on(
                    lease,
                    door -> {
                      Registry registry =
                          new Registry(Login.read(door), pool.instance(), FleetRig.SILENT);
                      Fleet before = registry.look(door);
                      assertThat(before.dead()).hasSize(1);
                      rig.registry(beefBeat(""));
                      registry.reap(door, before);
                      return 1;
                    }));
    assertThat(rig.instances("fenced is not null")).isZero();
  }

  private static String beefBeat(String when) {
    return "update dbapi.instances set fenced = null, fenced_by = null, heartbeat ="
        + " clock_timestamp()"
        + " %s where id = 'showfloor/0000beef'".formatted(when);
  }

  @Test
  void oneThatWasSilentItselfJudgesNobodyYet() throws Exception {
    rig.registry(
        "insert into dbapi.instances (id, host, share) values ('showfloor/0000beef', 'h', 1)");
    Pool pool = rig.open(1, FleetRig.SILENT);
    rig.registry(beefBeat("- interval '1 hour'"));
    LockSupport.parkNanos(FleetRig.SILENT.deadAfter().plusMillis(100).toNanos());
    pool.membership().beat();
    assertThat(rig.instances("id = '%s' and heartbeat > started".formatted(pool.instance())))
        .as("it did beat")
        .isEqualTo(1);
    assertThat(rig.instances("fenced is not null")).isZero();
  }

  @Test
  void sharesAreTakenOneAfterTheOther() throws Exception {
    CompletableFuture<Pool> start;
    try (Connection other = rig.session("other");
        var statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(%d)".formatted(Registry.LOCK));
      start = CompletableFuture.supplyAsync(() -> rig.open(1, FleetRig.SILENT));
      Rig.await(() -> rig.waitingForLocks() == 1);
      assertThat(rig.waitingForLocks()).isEqualTo(1);
      assertThat(start).isNotDone();
    }
    assertThat(start.join().facts().size()).isEqualTo(1);
  }
}
