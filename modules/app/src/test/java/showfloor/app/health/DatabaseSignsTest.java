package showfloor.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.runtime.PoolFacts;

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
    PoolFacts.LeaseFacts lease =
        new PoolFacts.LeaseFacts(
            1, "dealers", "GET /api/dealers", "r", null, "", "t", Instant.EPOCH, 1, 1, 1, "held");
    return new PoolFacts(
        2,
        2,
        2 - held,
        Collections.nCopies(held, lease),
        List.of(),
        new PoolFacts.Totals(leases, trips, trips, 0, 0, 0, timedOut, destroyed));
  }

  @Test
  void workThatGetsDoneIsASignWithoutAPing() {
    facts = facts(1, 5, 9, 0, 0);
    assertThat(signs.answered()).isTrue();
    assertThat(pings).isZero();
  }

  @Test
  void anIdleDatabaseIsAsked() {
    assertThat(signs.answered()).isTrue();
    answers = false;
    assertThat(signs.answered()).isFalse();
    assertThat(pings).isEqualTo(2);
  }

  @Test
  void aFullPoolIsJudgedByWhetherLeasesComeAndGo() {
    facts = facts(2, 7, 0, 0, 0);
    assertThat(signs.answered()).as("two leases were taken").isTrue();
    assertThat(signs.answered()).as("and the same two are still held").isFalse();
    assertThat(pings).isZero();
  }

  @Test
  void workThatIsCutOffIsNoSign() {
    answers = false;
    facts = facts(0, 3, 3, 1, 1);
    assertThat(signs.answered()).isFalse();
    assertThat(pings).isEqualTo(1);
  }
}
