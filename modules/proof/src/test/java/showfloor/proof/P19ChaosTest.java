package showfloor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import showfloor.testing.Launched;
import showfloor.testing.Observer;
import showfloor.testing.TestClient;

/// What happens to a server in its life, while others work with it.
@Proof(id = "P19", what = P19ChaosTest.WHAT)
class P19ChaosTest {
  static final String WHAT =
      "chaos under load (database stopped, crashed, on another port; slow readers, slow uploads,"
          + " hang-ups, garbage, a module that throws in every handler): no request is answered"
          + " wrongly, no acknowledged write is lost, none is doubled, every connection is back"
          + " within 1 s, ready 5 s after the database, never more sessions than the login may have";

  private static final Duration BACK_LIMIT = Duration.ofSeconds(1);
  private static final Duration READY_LIMIT = Duration.ofSeconds(5);

  /// Wider than what may be used, so that the pool is what keeps to its size.
  private static final int LIMIT = Readers.POOL + 10;

  /// One session may be on its way out while its successor comes.
  private static final int SESSIONS_MAX = Readers.POOL + 1;

  private static final int CLIENTS = 6;
  private static final int EXPORTED = 10_000;

  private enum Chaos {
    DATABASE_STOPPED,
    DATABASE_CRASHED,
    DATABASE_ON_ANOTHER_PORT,
    SLOW_READERS,
    SLOW_UPLOADS,
    HANG_UPS,
    GARBAGE
  }

  private final AtomicInteger wrkRequests = new AtomicInteger();

  @Test
  void whateverHappensToIt(Trials trials) throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/exe")), "P19 needs /proc");
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chaos");
    try (NetworkedPostgres postgres = NetworkedPostgres.start(folder, "127.0.0.2", "127.0.0.0/8")) {
      OwnLogin login =
          OwnLogin.make(
              () -> postgres.local().replaceFirst("/[^/]+$", ""),
              new OwnLogin.Credentials(postgres.user(), postgres.password()),
              "chaos",
              LIMIT);
      int otherPort = freePort();
      List<Integer> ports = List.of(postgres.port(), otherPort);
      String hosts = "127.0.0.1:%d,127.0.0.1:%d".formatted(ports.getFirst(), otherPort);
      try (Launched server = Distribution.startOn(login.url(hosts))) {
        Scene scene = new Scene(server, server.address(), postgres, login, ports, trials);
        Company many = Company.signUp(server.client());
        fill(scene.address, many);
        trials.run(
            Size.CHAOS,
            (number, random) -> {
              assertThat(server.process().isAlive()).as(server::output).isTrue();
              List<Chaos> all = List.of(Chaos.values());
              happen(all.get((int) ((number + Size.SEED) % all.size())), scene, many, random);
            });
        server.signal("TERM");
        assertThat(server.exitCode()).as(server::output).isZero();
        assertThat(login.sessions("true")).isZero();
      }
    }
    int wrk = wrkRequests.get();
    trials.note(wrk == 0 ? "wrk is not here" : "answers to wrk: " + wrk);
  }

  private record Scene(
      Launched server,
      URI address,
      NetworkedPostgres postgres,
      OwnLogin login,
      List<Integer> ports,
      Trials trials) {}

  private void happen(Chaos chaos, Scene scene, Company many, Random random) throws Exception {
    Company company = Company.signUp(TestClient.of(scene.address));
    try (OwnLogin.Watch watch = scene.login.watch();
        Load load = Load.start(scene.address, company, CLIENTS, random);
        Wrk wrk = Wrk.start(scene.address, company)) {
      pause(Duration.ofMillis(500 + random.nextInt(500)));
      switch (chaos) {
        case DATABASE_STOPPED -> away("INT", scene.postgres.port(), scene, random);
        case DATABASE_CRASHED -> away("QUIT", scene.postgres.port(), scene, random);
        case DATABASE_ON_ANOTHER_PORT -> away("INT", otherPort(scene), scene, random);
        case SLOW_READERS -> endure(Crowd.readers(scene.address, many, Size.CROWD), load);
        case SLOW_UPLOADS -> endure(Crowd.uploaders(scene.address, many, Size.CROWD), load);
        case HANG_UPS -> endure(Crowd.leavers(scene.address, many, Size.CROWD), load);
        case GARBAGE -> endure(Crowd.babblers(scene.address, Size.CROWD), load);
      }
      pause(Duration.ofMillis(500));
      wrkRequests.addAndGet(wrk.stop());
      load.stop();
      Duration back = untilAllIsBack(scene, company);
      scene.trials.took("connections back", back);
      assertThat(load.wrongWithGaps()).isEmpty();
      assertThat(load.counts()).containsKey("200").doesNotContainKeys("Unanswered", "Refused");
      assertThat(company.dealers(scene.login)).containsAll(load.acknowledged());
      assertThat(back).as("connections back").isLessThanOrEqualTo(Size.limit(BACK_LIMIT));
      assertThat(watch.looks()).isPositive();
      assertThat(watch.most()).as("sessions at once").isLessThanOrEqualTo(SESSIONS_MAX);
      assertThat(many.dealers(scene.login)).as("of whom nothing was wanted").hasSize(EXPORTED);
    }
  }

  /// The database goes, and some seconds later it is there again, on this port.
  private static void away(String signal, int port, Scene scene, Random random) throws Exception {
    scene.postgres.stop(signal);
    Observer.await("not ready without a database", () -> !ready(scene));
    pause(Duration.ofMillis(random.nextInt(3_000)));
    scene.postgres.serve(port);
    long began = System.nanoTime();
    Observer.await("ready again", () -> ready(scene));
    Duration ready = Duration.ofNanos(System.nanoTime() - began);
    scene.trials.took("ready after the database", ready);
    assertThat(ready).isLessThanOrEqualTo(Size.limit(READY_LIMIT));
    pause(Duration.ofMillis(500));
  }

  private static int otherPort(Scene scene) {
    return scene.ports.get(1 - scene.ports.indexOf(scene.postgres.port()));
  }

  /// The others are served while it is there.
  private static void endure(Crowd crowd, Load load) {
    int before = load.served();
    try (crowd) {
      pause(Size.CROWDED);
      assertThat(load.served() - before)
          .as("served beside the crowd, which was told %s", crowd.counts())
          .isGreaterThan((int) Size.CROWDED.toSeconds());
    }
    assertThat(crowd.wrong()).isEmpty();
    assertThat(crowd.counts()).as("what they were told").isNotEmpty();
  }

  private static boolean ready(Scene scene) {
    try (HttpLine line = new HttpLine(scene.address, "")) {
      return line.send("GET", "/observe/health/ready", "", "").isStatus(200);
    }
  }

  /// From the end of the load.
  private static Duration untilAllIsBack(Scene scene, Company company) {
    long began = System.nanoTime();
    Observer.await(
        "no lease is held, nobody waits",
        () ->
            Distribution.admin(scene.server, "/observe/connections")
                .matches("(?s).*\"leased\" : 0,.*\"waiting\" : 0.*"));
    Readers.untilServed(scene.address, company);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void fill(URI address, Company company) {
    String csv =
        IntStream.range(0, EXPORTED)
            .mapToObj(i -> "Dealer " + i)
            .collect(Collectors.joining("\n", "Company Name\n", "\n"));
    try (HttpLine line = new HttpLine(address, company.token())) {
      Answer answer = line.send("POST", "/api/dealers/import?mode=skip", "text/csv", csv);
      assertThat(answer.isStatus(200)).as(answer::toString).isTrue();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
