package showfloor.dbapi.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import showfloor.dbapi.runtime.DatabaseConfig;

/// A process of its own with a pool, to be frozen: it is in the middle of a COPY on one lease and
/// of a unit of work on another. Each line on its standard input makes it go on.
public final class Freezable {
  private final Pool pool;
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);

  private Freezable(Pool pool) {
    this.pool = pool;
  }

  /// @param arguments database, login, password
  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    DatabaseConfig config =
        new DatabaseConfig(url, arguments[1], arguments[2], Map.of(), Rig.pool(5));
    new Freezable(Pool.open(config)).run();
  }

  private void run() throws Exception {
    Thread copying = Thread.ofPlatform().daemon().start(this::copy);
    try {
      Rig.as(
          Rig.ACME,
          Duration.ofMinutes(5),
          () ->
              pool.database()
                  .inTransaction(
                      sql -> {
                        FaultTest.insert(sql, 1);
                        say("ready " + pool.instance());
                        lines.nextLine();
                        return FaultTest.insert(sql, 2);
                      }));
      say("wrote on");
    } catch (RuntimeException e) {
      say("refused: " + e.getMessage());
    }
    thawed.countDown();
    lines.nextLine();
    copying.join();
    Rig.as(Rig.ACME, () -> FaultTest.insert(pool.database(), 3));
    say("works again");
    lines.nextLine();
    say("left " + pool.close(Duration.ofSeconds(5)));
  }

  private void copy() {
    try {
      pool.leases()
          .lease(
              Rig.operation(Duration.ofMinutes(5)),
              lease ->
                  Unprefixed.on(
                      lease,
                      door -> {
                        door.run("create temp table copied (line text)");
                        Object copy =
                            lease
                                .server()
                                .getQueryExecutor()
                                .startCopy("copy copied from stdin", false);
                        say("copies " + (copy != null));
                        awaitThaw();
                        // Inside a COPY nothing else can be asked, a reset neither.
                        throw new IllegalStateException("thawed");
                      }));
    } catch (Exception e) {
      say("copy ended: " + e.getMessage());
    }
  }

  private void awaitThaw() {
    try {
      thawed.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void say(String line) {
    System.out.println("SAYS " + line);
    System.out.flush();
  }
}
