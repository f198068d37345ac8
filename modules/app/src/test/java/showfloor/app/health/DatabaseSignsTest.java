package showfloor.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import showfloor.app.health.DatabaseSigns.Sign;
import showfloor.dbapi.runtime.PoolFacts;
import showfloor.dbapi.runtime.Priority;

/// A probe takes a connection only where nobody works, and an overload is no outage.
class DatabaseSignsTest {
  private PoolFacts facts = facts(0, 0, 0, 0, 0);
  private boolean answers = true;
  private int pings;
  private final DatabaseSigns signs =
      new DatabaseSigns(
          () -> facts,
          () -> {
            pings++;
            return answers;
          });

  private static PoolFacts facts(int held, long leases, long trips, long timedOut, long destroyed) {
    return facts(held, leases, trips, timedOut, destroyed, 1);
  }

  private static PoolFacts facts(
      int held, long leases, long trips, long timedOut, long destroyed, long heldMs) {
    PoolFacts.LeaseFacts lease =
        new PoolFacts.LeaseFacts(
            1,
            "dealers",
            "GET /api/dealers",
            "r",
            null,
            "",
            "t",
            Instant.EPOCH,
            heldMs,
            10,
            1,
            "held",
            "active",
            List.of());
    return new PoolFacts(
        2,
        2,
        2 - held,
        Collections.nCopies(held, lease),
        List.of(),
        0,
        List.of(),
        new PoolFacts.Totals(leases, trips, trips, 0, 0, 0, Map.of(), timedOut, destroyed));
  }

  @Test
  void workThatGetsDoneIsASignWithoutAPing() {
    facts = facts(1, 5, 9, 0, 0);
    assertThat(signs.look()).isEqualTo(Sign.GOOD);
    assertThat(pings).isZero();
  }

  @Test
  void anIdleDatabaseIsAsked() {
    assertThat(signs.look()).isEqualTo(Sign.GOOD);
    answers = false;
    assertThat(signs.look()).isEqualTo(Sign.BAD);
    assertThat(pings).isEqualTo(2);
  }

  @Test
  void aFullPoolInWhichLeasesComeAndGoIsAGoodSign() {
    facts = facts(2, 7, 0, 0, 0);
    assertThat(signs.look()).isEqualTo(Sign.GOOD);
  }

  @Test
  void longStatementsOnEveryConnectionSayNothing() {
    facts = facts(2, 0, 0, 0, 0);
    for (int look = 0; look < 10; look++) {
      assertThat(signs.look()).isEqualTo(Sign.NONE);
    }
    assertThat(pings).as("no connection is taken for a ping").isZero();
  }

  @Test
  void aFullPoolOfLateLeasesIsABadSign() {
    facts = facts(2, 0, 0, 0, 0, 20);
    assertThat(signs.look()).isEqualTo(Sign.BAD);
  }

  /// Nobody is lent one: those who would ping wait in vain themselves.
  @Test
  void connectionsThatAreNotOpenedAreABadSignHoweverManyWait() {
    facts = opening(2, 7);
    assertThat(signs.look()).as("others are lent").isEqualTo(Sign.GOOD);
    assertThat(signs.look()).isEqualTo(Sign.BAD);
    assertThat(pings).as("no connection is taken for a ping").isZero();
  }

  private static PoolFacts opening(int callers, long leases) {
    PoolFacts.Waiter waiter =
        new PoolFacts.Waiter("dealers", "GET /api/dealers", "r", Priority.NORMAL, 1);
    PoolFacts usual = facts(0, leases, 0, 0, 0);
    return new PoolFacts(
        2,
        0,
        0,
        List.of(),
        Collections.nCopies(callers, waiter),
        callers,
        List.of(),
        usual.totals());
  }

  @Test
  void workThatIsCutOffIsNoSign() {
    answers = false;
    facts = facts(0, 3, 3, 1, 1);
    assertThat(signs.look()).isEqualTo(Sign.BAD);
    assertThat(pings).isEqualTo(1);
  }
}
