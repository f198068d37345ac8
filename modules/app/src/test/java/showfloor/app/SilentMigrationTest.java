package showfloor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import showfloor.app.stop.StopRequest;
import showfloor.testing.Observer;
import showfloor.testing.faults.Fault;
import showfloor.testing.faults.FaultProxy;

/// A start whose network goes half-open while it migrates: the server's answer never comes. A
/// migration may be silent for an hour, so nothing but the network or somebody's wish ends it.
class SilentMigrationTest {
  /// What the virtual machine and libraries keep for good is there before anybody compares.
  @BeforeAll
  static void startOnce() throws Exception {
    StartFailuresTest.startOnce();
  }

  @ParameterizedTest
  @EnumSource(Rescue.class)
  void aDatabaseThatFallsSilentInAMigrationHoldsTheStartNoLongerThanAnybodyWants(Rescue rescue)
      throws Exception {
    String database = OwnLogin.name("silent");
    OwnLogin.asOwner("showfloor", "create database " + database);
    Remains remains = Remains.since();
    StopRequest stop = new StopRequest();
    try (FaultProxy network = new FaultProxy("127.0.0.1", postgresPort());
        Connection other = Running.session(database)) {
      other.setAutoCommit(false);
      execute(other, "set local role showfloor_owner", "create schema auth");
      String url =
          OwnLogin.onDatabase(database).replace(":" + postgresPort(), ":" + network.port());
      CompletableFuture<String> start =
          CompletableFuture.supplyAsync(() -> StartFailuresTest.failed(stop, "DATABASE_URL", url));
      Observer.await("it migrates", () -> Observer.sessions("wait_event_type = 'Lock'") == 1);
      network.strikeAll(Fault.HALF_OPEN);
      other.rollback();
      Observer.await(
          "the server has done its part",
          () -> Observer.sessions("state = 'idle in transaction'") == 1);
      assertThat(start.isDone()).isFalse();
      rescue.act(stop, network);
      assertThat(start.get(15, TimeUnit.SECONDS)).contains(rescue.message);
    }
    remains.assertNone();
  }

  /// How such a start comes to its end.
  enum Rescue {
    SOMEBODY_STOPS_IT("The start was ended by SIGTERM") {
      @Override
      void act(StopRequest stop, FaultProxy network) {
        stop.ask("SIGTERM", false);
      }
    },
    ITS_CONNECTION_IS_RESET("could not migrate: ") {
      @Override
      void act(StopRequest stop, FaultProxy network) {
        network.strikeAll(Fault.RESET);
        network.heal();
      }
    };

    private final String message;

    Rescue(String message) {
      this.message = message;
    }

    abstract void act(StopRequest stop, FaultProxy network);
  }

  private static int postgresPort() {
    return URI.create(Observer.url("").substring("jdbc:".length())).getPort();
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
