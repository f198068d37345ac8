package showfloor.dbapi.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Job;
import showfloor.dbapi.UuidV7;
import showfloor.dbapi.internal.JobRun;

/// Runs the jobs of all modules, each on a thread of its own, so that one which hangs holds up no
/// other: from [#start] to [#cancel], which comes before the pool closes. Between runs they hold
/// nothing. Thread-safe.
public final class Jobs {
  private static final Logger LOG = System.getLogger(Jobs.class.getName());
  private static final Duration RETRY_MAX = Duration.ofMinutes(1);

  /// After its budget, for a run whose statement was cancelled to end by itself.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(500);

  /// One is not followed by another while its run writes down how far it got.
  private static final Duration INTERRUPTS = Duration.ofMillis(500);

  private static final Duration STRIKE = Duration.ofMillis(50);
  private static final int FRAMES = 20;

  private final DatabaseRuntime database;
  private final List<Lane> lanes;
  private final CountDownLatch ending = new CountDownLatch(1);

  private Jobs(DatabaseRuntime database, List<Job> jobs) {
    this.database = database;
    this.lanes = jobs.stream().map(Lane::new).toList();
  }

  /// Starts them: each runs at once, then again after its pause.
  public static Jobs start(DatabaseRuntime database, List<Job> jobs) {
    Jobs started = new Jobs(database, jobs);
    started.lanes.forEach(lane -> lane.thread.start());
    if (!jobs.isEmpty()) {
      Thread.ofVirtual().name("jobs-watch").start(started::watch);
    }
    return started;
  }

  /// Runs a job once on this thread, as a test wants it.
  public static void runOnce(Job job) throws Exception {
    JobRun.run(job, UuidV7.next().toString(), () -> false);
  }

  /// From here on no run begins, and those that run are told to come to an end.
  public void end() {
    ending.countDown();
    lanes.forEach(lane -> lane.job.signal().raise());
  }

  /// Waits for what runs after [#end]; whether all of it has ended.
  public boolean await(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    try {
      for (Lane lane : lanes) {
        if (!lane.thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Ends what still runs: interrupts what waits for something else than the database, which is
  /// then written down, and in the second half of `limit` cancels statements too. Whether all has
  /// ended within it.
  public boolean cancel(Duration limit) {
    long began = System.nanoTime();
    end();
    boolean ended = await(Duration.ofNanos(1));
    while (!ended && System.nanoTime() - began < limit.toNanos()) {
      boolean late = System.nanoTime() - began > limit.toNanos() / 2;
      lanes.forEach(lane -> lane.strike(late));
      ended = await(STRIKE);
    }
    return ended;
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }

  private boolean isEnding(Duration pause) throws InterruptedException {
    return ending.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Interrupts who outlasts its budget with something else than the database: leases end in time.
  private void watch() {
    try {
      while (!isEnding(LOOK)) {
        lanes.forEach(Lane::watch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A run, and when it has to be over.
  private record Current(String id, long overAt) {}

  /// One job and its thread.
  private final class Lane {
    private final Job job;
    private final Thread thread;
    private volatile @Nullable Current running;
    private @Nullable Current told;
    private long interruptedAt = System.nanoTime() - INTERRUPTS.toNanos();

    Lane(Job job) {
      this.job = job;
      this.thread = Thread.ofVirtual().name("job " + job.name()).unstarted(this::loop);
    }

    private void loop() {
      try {
        while (!isEnding()) {
          job.signal().await(run() ? job.pause() : retry());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it was to end
      }
    }

    private Duration retry() {
      return job.pause().compareTo(RETRY_MAX) < 0 ? job.pause() : RETRY_MAX;
    }

    /// Whether it went well. Whatever it throws, be it for want of memory, it runs again.
    private boolean run() {
      String id = UuidV7.next().toString();
      try {
        begin(new Current(id, System.nanoTime() + job.budget().plus(GRACE).toNanos()));
        JobRun.run(job, id, Jobs.this::isEnding);
        return true;
      } catch (Throwable e) {
        log(e);
        return false;
      } finally {
        finish();
      }
    }

    private synchronized void begin(Current run) {
      running = run;
    }

    private synchronized void finish() {
      running = null;
      boolean _ = Thread.interrupted(); // meant for the run that has ended
    }

    /// Ends what the run waits for. An interrupt inside a statement would cut the connection, and
    /// leave the statement running. Locked, so that it never strikes the pause or the next run.
    private synchronized void strike(boolean statements) {
      @Nullable Current struck = running;
      if (struck == null) {
        return;
      }
      List<Long> held =
          database.facts().leases().stream()
              .filter(lease -> lease.requestId().equals(struck.id()))
              .map(PoolFacts.LeaseFacts::id)
              .toList();
      if (statements) {
        held.forEach(database::cancel);
      }
      if (held.isEmpty() && System.nanoTime() - interruptedAt > INTERRUPTS.toNanos()) {
        interruptedAt = System.nanoTime();
        thread.interrupt();
      }
    }

    private void log(Throwable e) {
      if (isEnding()) {
        LOG.log(Level.INFO, "The job {0} was cut short by the stop: {1}", job.name(), e.toString());
      } else if (e instanceof DatabaseException.Overloaded
          || e instanceof DatabaseException.Unavailable) {
        LOG.log(Level.WARNING, "The job {0} runs again later: {1}", job.name(), e.getMessage());
      } else {
        LOG.log(Level.ERROR, "The job " + job.name() + " failed, it runs again", e);
      }
    }

    /// Once more where it fails, be it for want of memory.
    private void watch() {
      try {
        judge();
      } catch (Throwable e) {
        LOG.log(Level.DEBUG, "The job " + job.name() + " could not be looked at", e);
      }
    }

    private synchronized void judge() {
      @Nullable Current late = running;
      if (late == null || System.nanoTime() < late.overAt()) {
        return;
      }
      if (!late.equals(told)) {
        told = late;
        LOG.log(
            Level.WARNING,
            "The job {0} has outlasted its budget of {1} and is interrupted; it is in\n{2}",
            job.name(),
            job.budget(),
            stack());
      }
      strike(true);
    }

    private String stack() {
      return Arrays.stream(thread.getStackTrace())
          .limit(FRAMES)
          .map(frame -> "  at " + frame)
          .collect(Collectors.joining("\n"));
    }
  }
}
