package showfloor.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import showfloor.testing.Observer;
import showfloor.testing.TestPostgres;

/// Each fault as the driver and the server meet it.
class FaultProxyTest {
  private static final URI SERVER = URI.create(TestPostgres.url().substring("jdbc:".length()));

  private final FaultProxy proxy = new FaultProxy(SERVER.getHost(), SERVER.getPort());

  @AfterEach
  void nothingIsLeft() {
    proxy.close();
    Observer.await("its sessions are gone", () -> sessions("true") == 0);
  }

  @Test
  void withoutAFaultEverythingPasses() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(numbers(connection, 3_000)).hasSize(3_000);
      assertThat(proxy.links()).isEqualTo(1);
    }
    Observer.await("the link is gone", () -> proxy.links() == 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "CLOSE", "TRUNCATE"})
  void aConnectionThatBreaksIsAnErrorAndEndsTheSession(Fault fault) throws SQLException {
    try (Connection connection = connect()) {
      Strike strike = proxy.strike(fault, Moment.at(Message.DATA_ROW).nth(2));
      assertThatThrownBy(() -> numbers(connection, 3))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      assertThat(strike.fired()).isTrue();
      Observer.await("its session is gone", () -> sessions("true") == 0);
    }
    try (Connection next = connect()) {
      assertThat(numbers(next, 1)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"FATAL_57P01, 57P01", "FATAL_25P03, 25P03"})
  void theServersLastWordIsHeard(Fault fault, String sqlState) throws SQLException {
    try (Connection connection = connect()) {
      proxy.strike(fault, Moment.at(Message.SYNC));
      assertThatThrownBy(() -> numbers(connection, 3))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
    }
  }

  @ParameterizedTest
  @CsvSource({"FATAL_53300, 53300", "FATAL_28P01, 28P01"})
  void aRefusalAtTheDoorIsHeard(Fault fault, String sqlState) {
    proxy.strike(fault, Moment.at(Message.STARTUP).onNewLinks());
    assertThatThrownBy(this::connect)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
  }

  @Test
  void whatIsSilentToTheServerArrivesLate() throws SQLException {
    try (Connection connection = connect()) {
      connection.setNetworkTimeout(Runnable::run, 500);
      proxy.strike(Fault.SILENT_TO_SERVER, Moment.at(Message.EXECUTE).onOpenLinks());
      assertThatThrownBy(() -> numbers(connection, 3)).isInstanceOf(SQLException.class);
      assertThat(connection.isClosed()).isTrue();
      assertThat(sessions("true")).as("the server was told nothing").isEqualTo(1);
      proxy.heal();
      Observer.await("now it was", () -> sessions("true") == 0);
    }
  }

  @Test
  void whatIsSilentToTheClientHasHappened() throws SQLException {
    try (Connection connection = connect()) {
      connection.setNetworkTimeout(Runnable::run, 500);
      proxy.strike(Fault.SILENT_TO_CLIENT, Moment.at(Message.DATA_ROW));
      assertThatThrownBy(() -> numbers(connection, 3)).isInstanceOf(SQLException.class);
      Observer.await("the server saw the end", () -> sessions("true") == 0);
    }
  }

  @Test
  void aHalfOpenConnectionIsTakenAndNotAnswered() throws SQLException {
    Strike strike = proxy.strike(Fault.HALF_OPEN, Moment.at(Message.ACCEPT));
    assertThatThrownBy(() -> connect("&loginTimeout=1")).isInstanceOf(SQLException.class);
    assertThat(strike.fired()).isTrue();
    try (Connection next = connect()) {
      assertThat(numbers(next, 2)).hasSize(2);
    }
  }

  @Test
  void aDripArrivesWhole() throws SQLException {
    try (Connection connection = connect()) {
      proxy.strike(Fault.DRIP, Moment.at(Message.PARSE_COMPLETE));
      assertThat(timed(() -> numbers(connection, 5))).isGreaterThan(Duration.ofMillis(150));
    }
  }

  @Test
  void aDelayedMessageIsLateAndAllIsWell() throws SQLException {
    try (Connection connection = connect()) {
      proxy.strike(Fault.DELAY, Moment.at(Message.READY));
      assertThat(timed(() -> numbers(connection, 5))).isGreaterThanOrEqualTo(FaultProxy.DELAY);
    }
  }

  @Test
  void aDuplicatedRowIsTwoRows() throws SQLException {
    try (Connection connection = connect()) {
      proxy.strike(Fault.DUPLICATE, Moment.at(Message.DATA_ROW));
      assertThat(numbers(connection, 3)).containsExactly(1, 1, 2, 3);
    }
  }

  @Test
  void aStrikeOnNewLinksSparesTheOpenOneAndAnotherIsHealed() throws SQLException {
    try (Connection open = connect()) {
      proxy.strikeEach(Fault.RESET, Moment.at(Message.AUTHENTICATION).onNewLinks());
      assertThat(numbers(open, 1)).hasSize(1);
      assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);
      assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);
      proxy.heal();
      connect().close();
    }
  }

  @Test
  void allLinksAreStruckAtOnceUntilHealed() throws SQLException {
    try (Connection one = connect();
        Connection two = connect()) {
      proxy.strikeAll(Fault.HALF_OPEN);
      for (Connection connection : List.of(one, two)) {
        connection.setNetworkTimeout(Runnable::run, 300);
        assertThatThrownBy(() -> numbers(connection, 1)).isInstanceOf(SQLException.class);
      }
      assertThatThrownBy(() -> connect("&loginTimeout=1")).isInstanceOf(SQLException.class);
      proxy.heal();
      connect().close();
    }
  }

  @Test
  void aCancelPasses() throws Exception {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      Thread canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Observer.await("it runs", () -> sessions("state = 'active'") == 1);
                    cancel(statement);
                  });
      assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      canceller.join();
    }
  }

  private static void cancel(java.sql.Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return connect("");
  }

  private Connection connect(String parameters) throws SQLException {
    String url = TestPostgres.url().replace(":" + SERVER.getPort(), ":" + proxy.port());
    return DriverManager.getConnection(
        url + "?ApplicationName=proxied" + parameters,
        TestPostgres.user(),
        TestPostgres.password());
  }

  private static int sessions(String condition) {
    return Observer.number(
        "select count(*) from pg_stat_activity where application_name = 'proxied' and "
            + condition);
  }

  private static List<Integer> numbers(Connection connection, int count) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    try (var statement = connection.prepareStatement("select generate_series(1, ?)")) {
      statement.setInt(1, count);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          numbers.add(result.getInt(1));
        }
      }
    }
    return numbers;
  }

  private static Duration timed(Timed work) throws SQLException {
    long began = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @FunctionalInterface
  private interface Timed {
    void run() throws SQLException;
  }
}
