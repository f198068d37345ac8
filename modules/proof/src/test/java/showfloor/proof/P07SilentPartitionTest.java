package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;
import showfloor.testing.TestPostgres;
import showfloor.testing.faults.Fault;
import showfloor.testing.faults.FaultProxy;

/// The network between the program and PostgreSQL stops passing anything on, and tells nobody.
@Proof(
    id = "P7",
    what =
        "silent partition under load: no session is left on the server after 5 s, every request is"
            + " answered within its deadline, the pool is back 2 s after the network is; a start that"
            + " waits in a migration gives up after 20 s")
class P07SilentPartitionTest {
  private static final Duration SESSIONS_LIMIT = Duration.ofSeconds(5);
  private static final Duration HEALED_LIMIT = Duration.ofSeconds(2);

  /// TCP misses a peer after 10 s; then the start closes its pool, which takes up to 5.
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private static final long MIGRATIONS_LOCK = 0x5f10_0f10;
  private static final int CLIENTS = 6;

  @Test
  void aRouterThatStopsForwarding(Trials trials) throws Exception {
    try (RoutedNetwork network = routed(trials);
        NetworkedPostgres postgres = behind(network);
        Launched server = Distribution.startBehind(network.asClient(), postgres.url())) {
      URI address =
          URI.create("http://%s:%d".formatted(network.direct(), server.address().getPort()));
      trials.run(
          Size.PARTITIONS,
          (number, random) -> {
            Company company = Company.signUp(TestClient.of(address));
            try (Load load = Load.start(address, company, CLIENTS, random)) {
              pause(200 + random.nextInt(800));
              network.cut();
              long cut = System.nanoTime();
              Observer.await("no session is left", () -> postgres.sessions() == 0);
              Duration gone = since(cut);
              trials.took("sessions gone", gone);
              pause(random.nextInt(2_000));
              load.sendNoMore();
              network.heal();
              Duration back = Readers.untilServed(address, company);
              trials.took("pool back", back);
              load.stop();
              assertThat(load.wrongWithGaps()).isEmpty();
              assertThat(company.dealers(postgres.local(), postgres.user(), postgres.password()))
                  .containsAll(load.acknowledged());
              assertThat(gone).as("sessions left").isLessThanOrEqualTo(Size.limit(SESSIONS_LIMIT));
              assertThat(back).as("pool back").isLessThanOrEqualTo(Size.limit(HEALED_LIMIT));
            }
          });
    }
  }

  /// Nothing but TCP bounds the wait for a migration: here for that of another replica.
  @Test
  void aRouterThatStopsForwardingToAStart(Trials trials) throws Exception {
    try (RoutedNetwork network = routed(trials);
        NetworkedPostgres postgres = behind(network);
        Connection other = postgres.session();
        var statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(%d)".formatted(MIGRATIONS_LOCK));
      trials.run(
          1,
          (number, random) -> {
            try (Launched start = Distribution.startBehind(network.asClient(), postgres.url())) {
              Observer.await("it waits", () -> postgres.sessions("wait_event_type = 'Lock'") == 1);
              pause(500); // until the server has acknowledged what it was sent
              network.cut();
              long cut = System.nanoTime();
              assertThat(start.exitCode()).as(start::output).isEqualTo(1);
              trials.took("start given up", since(cut));
              assertThat(start.output()).contains("could not migrate: ");
              assertThat(since(cut)).isLessThanOrEqualTo(Size.limit(START_LIMIT));
            } finally {
              network.heal();
            }
          });
    }
  }

  private static NetworkedPostgres behind(RoutedNetwork network) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "partition");
    return NetworkedPostgres.start(folder, network.here(), network.clients());
  }

  private static RoutedNetwork routed(Trials trials) {
    try {
      return RoutedNetwork.make();
    } catch (IOException e) {
      trials.note("no network namespaces here, proxy only");
      System.out.println("P7 is skipped: no network namespace can be made here: " + e.getMessage());
      return Assumptions.abort("no network namespace can be made here: " + e.getMessage());
    }
  }

  /// What the proxy's kernel acknowledges for a silent peer, PostgreSQL can't notice: here the
  /// server's sessions are counted once the network is back.
  @Test
  void aProxyThatPassesNothing(Trials trials) {
    URI database = URI.create(TestPostgres.url().substring("jdbc:".length()));
    try (FaultProxy proxy = new FaultProxy(database.getHost(), database.getPort());
        Launched server =
            Distribution.startOn(
                Observer.url("").replace(":" + database.getPort(), ":" + proxy.port()))) {
      URI address = server.address();
      trials.run(
          Size.PARTITIONS,
          (number, random) -> {
            Company company = Company.signUp(TestClient.of(address));
            try (Load load = Load.start(address, company, CLIENTS, random)) {
              pause(200 + random.nextInt(800));
              proxy.strikeAll(Fault.HALF_OPEN);
              pause(1_000 + random.nextInt(4_000));
              load.sendNoMore();
              proxy.heal();
              Duration back = Readers.untilServed(address, company);
              trials.took("pool back behind a proxy", back);
              load.stop();
              assertThat(load.wrongWithGaps()).isEmpty();
              assertThat(company.dealers()).containsAll(load.acknowledged());
              assertThat(back).as("pool back").isLessThanOrEqualTo(Size.limit(HEALED_LIMIT));
              Observer.await(
                  "as many sessions as a pool has", () -> Observer.sessions() <= Readers.POOL);
            }
          });
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
