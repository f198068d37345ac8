package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.runtime.StartException;

/// The login role's CONNECTION LIMIT is the wall that a fleet shares.
class LimitTest {

  @Test
  void instancesShareTheLimitAndGrowWhenOthersLeave() throws Exception {
    try (FleetRig rig = new FleetRig(6)) {
      Pool first = rig.open(3, FleetRig.LIVELY);
      Pool second = rig.open(3, FleetRig.LIVELY);
      assertThat(first.facts().size()).isEqualTo(3);
      assertThat(second.facts().size())
          .as("6 less 3 of the first less 1 that is kept")
          .isEqualTo(2);
      assertThat(second.wanted()).isEqualTo(3);
      assertThat(atOnce(second)).isEqualTo(2);

      assertThat(first.close(Duration.ofSeconds(3))).isZero();
      Rig.await(() -> second.facts().size() == 3);
      assertThat(second.facts().size()).isEqualTo(3);
      assertThat(atOnce(second)).isEqualTo(3);
      assertThat(rig.instances("share = 3")).isEqualTo(1);
    }
  }

  @Test
  void theConnectionThatIsKeptLetsOneMoreStart() throws Exception {
    try (FleetRig rig = new FleetRig(4)) {
      Pool full = rig.open(3, FleetRig.LIVELY);
      Pool last = rig.open(3, FleetRig.LIVELY);
      assertThat(full.facts().size()).isEqualTo(3);
      assertThat(last.facts().size()).isEqualTo(1);
      assertThat(atOnce(last)).isEqualTo(1);
    }
  }

  @Test
  void aStartWithoutRoomFailsWithTheArithmeticAndLeavesNothing() throws Exception {
    try (FleetRig rig = new FleetRig(5)) {
      Pool first = rig.open(3, FleetRig.LIVELY);
      Pool second = rig.open(3, FleetRig.LIVELY);
      rig.session("psql");
      assertThat(second.facts().size()).isEqualTo(1);
      assertThatThrownBy(() -> Pool.open(rig.config(3), FleetRig.SILENT))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("the role %s allows 5 connections".formatted(rig.login()))
          .hasMessageContaining("in use are 5")
          .hasMessageContaining("3 of " + first.instance() + " on ")
          .hasMessageContaining("1 of " + second.instance() + " on ")
          .hasMessageContaining("1 in sessions of no instance")
          .hasMessageContaining("left 0, wanted 3")
          .hasMessageContaining("alter role \"%s\" connection limit 13;".formatted(rig.login()));
      assertThat(rig.instances("true")).isEqualTo(2);
    }
  }

  @Test
  void aStartThatTheServerRefusesEachConnectionSaysSoAndWaitsForAWhileFirst() throws Exception {
    try (FleetRig rig = new FleetRig(2)) {
      List<Connection> all = new ArrayList<>(List.of(rig.session("psql"), rig.session("psql")));
      long began = System.nanoTime();
      assertThatThrownBy(() -> Pool.open(rig.config(3), FleetRig.SILENT))
          .isInstanceOfSatisfying(StartException.class, e -> assertThat(e.statements()).hasSize(3))
          .hasMessageContaining("too many connections for role")
          .hasMessageContaining("wanted is 1 to start with and 3 in all")
          .hasMessageContaining("connection limit 13;");
      assertThat(System.nanoTime() - began).isGreaterThan(FleetRig.SILENT.patience().toNanos());
      Thread.ofVirtual()
          .start(
              () -> {
                java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                try {
                  all.getFirst().close();
                } catch (java.sql.SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      Rhythm patient =
          new Rhythm(
              Duration.ofHours(1),
              Duration.ofSeconds(8),
              Duration.ofMinutes(1),
              Duration.ofSeconds(20));
      assertThat(rig.open(3, patient).facts().size()).as("in time").isEqualTo(1);
    }
  }

  @Test
  void withoutALimitOfTheRoleTheServersCounts() throws Exception {
    try (FleetRig rig = new FleetRig(-1)) {
      assertThat(rig.open(4, FleetRig.SILENT).facts().size()).isEqualTo(4);
    }
  }

  @Test
  void whatAnInstanceGotIsSaidAndMoreLoudlyWhereItIsLessThanWanted() throws Exception {
    try (FleetRig rig = new FleetRig(6);
        LogLines log = new LogLines(Membership.class)) {
      String limit = ": the role %s allows 6 connections, in use are ".formatted(rig.login());
      Pool first = rig.open(3, FleetRig.SILENT);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .isEqualTo("INFO Got 3 of 3 wanted connections%s0 (by nobody), left 6, wanted 3", limit);
      rig.open(3, FleetRig.SILENT);
      assertThat(log.lines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("WARNING Got 2 of 3 wanted connections%s3 (3 of ".formatted(limit))
          .contains(first.instance() + " on ")
          .endsWith("), left 3, wanted 3");
    }
  }

  @Test
  void aRoleWithoutALimitIsWarnedOfWithTheStatementThatSetsOne() throws Exception {
    try (FleetRig rig = new FleetRig(-1);
        LogLines log = new LogLines(Membership.class)) {
      rig.open(4, FleetRig.SILENT);
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().getFirst())
          .startsWith("INFO Got 4 of 4 wanted connections: the server allows ");
      assertThat(log.lines().getLast())
          .isEqualTo(
              "WARNING The login role has no connection limit, so nothing stops a second pool. An"
                  + " administrator runs: alter role \"%s\" connection limit 17;",
              rig.login());
    }
  }

  /// How many leases the pool gives at the same time.
  private static int atOnce(Pool pool) throws InterruptedException {
    int size = pool.facts().size();
    CountDownLatch together = new CountDownLatch(size);
    AtomicInteger served = new AtomicInteger();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      pool.leases()
                          .lease(
                              Rig.operation(Duration.ofSeconds(10)).withPriority(Priority.HIGH),
                              lease -> {
                                together.countDown();
                                try {
                                  return together.await(8, TimeUnit.SECONDS)
                                      ? served.incrementAndGet()
                                      : 0;
                                } catch (InterruptedException e) {
                                  throw new IllegalStateException(e);
                                }
                              })));
    }
    for (Thread thread : all) {
      thread.join();
    }
    return served.get();
  }
}
