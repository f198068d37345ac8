package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import showfloor.dbapi.DatabaseException;

/// What the end of a pool ends.
class ShutdownTest {

  @Test
  void aSessionOfTheInstanceThatThePoolDoesNotKnowEndsWithIt() throws Exception {
    try (FleetRig rig = new FleetRig(10)) {
      Pool pool = rig.open(2, FleetRig.SILENT);
      Connection forgotten = rig.session(pool.instance());
      Connection foreign = rig.session("psql");
      assertThat(pool.close(Duration.ofSeconds(3))).isZero();
      assertThat(forgotten.isValid(1)).isFalse();
      assertThat(foreign.isValid(1)).as("somebody else's").isTrue();
    }
  }

  @Test
  void aConnectionThatBrokeAMomentAgoDoesNotSpeakForTheServer() throws Exception {
    try (LossyProxy proxy = new LossyProxy()) {
      Rig rig = Rig.through(proxy, 2);
      Rig.as(Rig.ACME, () -> FaultTest.insert(rig.database(), 1));
      proxy.cut();
      assertThat(rig.pool().close(Duration.ofSeconds(3))).isZero();
    }
  }

  @Test
  void afterItNobodyIsLetIn() {
    Rig rig = Rig.open(1);
    rig.close();
    assertThatThrownBy(() -> Rig.as(Rig.ACME, () -> FaultTest.insert(rig.database(), 1)))
        .isInstanceOf(DatabaseException.Unavailable.class)
        .hasMessage("the database is being closed");
  }
}
