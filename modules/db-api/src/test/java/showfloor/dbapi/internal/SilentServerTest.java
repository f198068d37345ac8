package showfloor.dbapi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.runtime.Priority;
import showfloor.dbapi.sockets.DriverSockets;

/// The server does what it was told and its answer gets lost, or it says nothing any more. What may
/// have happened is never reported as undone, and nobody waits beyond a deadline.
class SilentServerTest {
  private static final Duration LIMIT = Duration.ofMillis(300);

  private final LossyProxy proxy = new LossyProxy();
  private final Rig rig = Rig.through(proxy, 2);

  @AfterEach
  void close() throws Exception {
    rig.pool().close(Duration.ofMillis(100));
    proxy.close();
  }

  @Test
  void aWriteWhoseAnswerIsLostMayHaveHappened() {
    proxy.loseAnswers();
    assertThatThrownBy(() -> Rig.as(Rig.ACME, LIMIT, () -> insert(rig.database(), 1)))
        .isInstanceOf(DatabaseException.Unavailable.class);
    assertThat(rows()).as("it did happen").isEqualTo(1);
  }

  @Test
  void aUnitWhoseCommitIsNotAnsweredMayHaveHappened() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    LIMIT,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  insert(sql, 2);
                                  proxy.loseAnswers();
                                  return 1;
                                })))
        .isInstanceOf(DatabaseException.Unavailable.class);
    assertThat(rows()).as("it did happen").isEqualTo(1);
  }

  @Test
  void aUnitWhoseCommitWasNeverSentTimedOut() {
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    LIMIT,
                    () ->
                        rig.database()
                            .inTransaction(
                                sql -> {
                                  proxy.loseAnswers();
                                  return insert(sql, 3);
                                })))
        .isInstanceOf(DatabaseException.TimedOut.class);
    assertThat(rows()).isZero();
  }

  @Test
  void aReadWhoseAnswerIsLostTimedOut() {
    proxy.loseAnswers();
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    LIMIT,
                    () -> rig.database().one(FaultTest.COUNT.with(), row -> row.bigint("n"))))
        .isInstanceOf(DatabaseException.TimedOut.class);
  }

  /// His way to the server is full: a polite goodbye could not be sent either.
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoeverSendsToAServerThatReadsNothingIsFreed() {
    proxy.stopReading();
    String large = "x".repeat(20_000_000);
    assertThatThrownBy(
            () ->
                Rig.as(
                    Rig.ACME,
                    LIMIT,
                    () ->
                        rig.database()
                            .execute(
                                FaultTest.INSERT.with(
                                    "company", Rig.ACME, "id", 7, "name", large))))
        .isInstanceOf(DatabaseException.Unavailable.class);
    Rig.await(() -> rig.leases().freePermits() == 2);
    assertThat(rig.leases().freePermits()).isEqualTo(2);
  }

  @Test
  void aConnectionThatCannotBeOpenedIsWaitedForUntilTheDeadlineOnly() throws Exception {
    proxy.fallSilent();
    rig.leases().renew();
    long began = System.nanoTime();
    assertThatThrownBy(() -> Rig.as(Rig.ACME, LIMIT, () -> insert(rig.database(), 4)))
        .isInstanceOf(DatabaseException.Unavailable.class)
        .hasMessageContaining("shop GET /test: taking a connection");
    assertThat(since(began)).isBetween(LIMIT, Duration.ofSeconds(2));
    assertThat(rig.pool().facts().waiting()).as("on the books until the pool gave up").hasSize(1);
    assertThat(rig.leases().freePermits()).isEqualTo(1);
    Rig.await(() -> rig.leases().freePermits() == 2);
    assertThat(rig.leases().freePermits()).isEqualTo(2);
    assertThat(rig.pool().facts().waiting()).isEmpty();
  }

  /// Not even for a setting of the connection, or a statement that was left open.
  @Test
  void aCleanConnectionComesBackWithoutAWordToTheServer() throws Exception {
    long began =
        rig.leases()
            .lease(
                Rig.operation(Duration.ofSeconds(10)),
                lease -> {
                  lease.view().setNetworkTimeout(Runnable::run, 7_000);
                  boolean queried = lease.view().createStatement().execute("select 1");
                  assertThat(queried && lease.isClean()).isTrue();
                  proxy.fallSilent();
                  return System.nanoTime();
                });
    assertThat(since(began)).isLessThan(Duration.ofSeconds(2));
    assertThat(rig.leases().isIdle()).isTrue();
    assertThat(rig.pool().facts().totals().destroyed()).isZero();
  }

  @Test
  void aCallerWhoseDeadlineTheGateUsedUpIsToldToComeBack() {
    proxy.fallSilent();
    rig.leases().renew();
    assertThatThrownBy(
            () -> Rig.as(Rig.ACME, Duration.ofMillis(5), () -> insert(rig.database(), 8)))
        .isInstanceOf(DatabaseException.Overloaded.class);
  }

  /// Each answer of the server comes in time, and the login never ends.
  @Test
  void aLoginThatDripsIsGivenUpAsAWhole() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drip(server));
      String url =
          "jdbc:postgresql://127.0.0.1:%d/none?sslmode=disable&gssEncMode=disable"
              .formatted(server.getLocalPort());
      PhysicalSource source = new PhysicalSource(url, new Properties());
      long began = System.nanoTime();
      assertThatThrownBy(source::getConnection)
          .isInstanceOf(SQLException.class)
          .hasMessage("the server takes connections but does not answer");
      assertThat(since(began)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }
  }

  /// A parameter's status, again and again, for 20 s.
  private static void drip(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 0});
      for (int i = 0; i < 8; i++) {
        for (byte b : new byte[] {'S', 0, 0, 0, 8, 'a', 0, 'b', 0}) {
          client.getOutputStream().write(b);
          LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
      }
    } catch (IOException gone) {
      // The client has given up.
    }
  }

  @Test
  void tcpLooksAfterAPeerThatIsSilent() throws Exception {
    try (Socket socket = new DriverSockets().createSocket()) {
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(4);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(2);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(3);
    }
  }

  @Test
  void closeReturnsWithinItsBudgetThoughTheServerIsSilent() throws Exception {
    Thread holder =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatThrownBy(
                            () ->
                                Rig.as(
                                    Rig.ACME,
                                    () ->
                                        rig.database()
                                            .inTransaction(
                                                sql -> {
                                                  insert(sql, 5);
                                                  proxy.fallSilent();
                                                  return insert(sql, 6);
                                                })))
                        .isInstanceOf(DatabaseException.class));
    Rig.await(() -> rig.pool().facts().leases().size() == 1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () ->
                    // The last permit is kept for the urgent.
                    assertThatThrownBy(
                            () ->
                                Rig.operation(Duration.ofSeconds(10))
                                    .withPriority(Priority.HIGH)
                                    .inCompany(Rig.BOLT)
                                    .call(() -> insert(rig.database(), 7)))
                        .isInstanceOf(DatabaseException.class));
    Rig.await(() -> rig.leases().freePermits() == 0);
    assertThat(rig.leases().freePermits()).isZero();
    long began = System.nanoTime();
    assertThat(rig.pool().close(Duration.ofSeconds(1))).isEqualTo(-1);
    assertThat(since(began)).isLessThan(Duration.ofSeconds(2));
    holder.join();
    waiting.join();
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static int insert(SqlWriter sql, int id) {
    return FaultTest.insert(sql, id);
  }

  /// Counted past the proxy, as the login that may see the company's rows.
  private long rows() {
    return TestServer.countOf(rig.databaseName(), "shop.items", Rig.ACME);
  }
}
