package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The pool's own jobs, again and again, one after the other on one thread. Thread-safe.
final class Rounds implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Rounds.class.getName());

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("db-rounds").factory());

  /// Runs `job` after `first`, then `pause` after each of its ends. A job that fails, be it for
  /// want of memory, runs again all the same.
  void every(Duration first, Duration pause, Runnable job) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                job.run();
              } catch (Throwable e) {
                LOG.log(Level.ERROR, "A job of the pool failed, it runs again", e);
              }
            },
            first.toNanos(),
            pause.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /// Lets a job that runs end by itself: an interrupt would cost it its connection.
  @Override
  public void close() {
    thread.shutdown();
  }
}
