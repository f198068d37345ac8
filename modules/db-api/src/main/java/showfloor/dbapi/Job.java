package showfloor.dbapi;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import showfloor.dbapi.internal.JobRun;

/// Work that a module does again and again, without a request. A module only says what there is to
/// do: the platform has the threads, and runs it from the start to the stop of the server.
///
/// Every instance runs it, several may at the same time: what a run takes, it takes with `SKIP
/// LOCKED`. A run that fails is logged and tried again, so each of its steps is a unit of work.
///
/// @param name `module.verb_noun`, such as `todos.send_reminders`; its leases are called `job
///   todos.send_reminders`
/// @param pause between two runs; after a failure a minute at most
/// @param budget how long one run may last; then its statements are cancelled, and 2 s later what
///   else it waits for is interrupted
/// @param work one run; its leases are of low priority
/// @param signal ends a pause
public record Job(String name, Duration pause, Duration budget, Work work, Signal signal) {

  public Job {
    if (!name.matches("[a-z][a-z0-9]*\\.[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "job %s: its name must be module.verb_noun".formatted(name));
    }
    if (!pause.isPositive() || !budget.isPositive()) {
      throw new IllegalArgumentException(
          "job %s: its pause and budget are positive".formatted(name));
    }
  }

  /// A job that nobody wakes.
  public Job(String name, Duration pause, Duration budget, Work work) {
    this(name, pause, budget, work, new Signal());
  }

  /// The module that it belongs to.
  public String module() {
    return name.substring(0, name.indexOf('.'));
  }

  /// Wakes a job of this process: one that pauses runs at once, one that runs does so again after
  /// it. Thread-safe.
  public static final class Signal {
    private final Semaphore raised = new Semaphore(0);

    /// Costs nothing and never waits, so it may be called anywhere.
    public void raise() {
      if (raised.availablePermits() == 0) {
        raised.release();
      }
    }

    /// Waits until it is raised, at most as long as `pause`, and takes it down. For the platform,
    /// which has the threads: refused while a lease is held.
    public void await(Duration pause) throws InterruptedException {
      Database.outsideLease("waiting for a signal");
      if (raised.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        raised.drainPermits();
      }
    }
  }

  /// What one run does.
  @FunctionalInterface
  public interface Work {
    void run(Run run) throws Exception;
  }

  /// One run, for the thread that it was given to and until it ends; then each call throws
  /// `IllegalStateException`.
  public sealed interface Run permits JobRun {

    /// Whether there is time for another step: the budget is not spent and the server does not
    /// stop.
    boolean goesOn();

    /// Runs `work` on the rows of `company`. Without it a run sees the rows of no company.
    <T, X extends Exception> T inCompany(UUID company, ScopedValue.CallableOp<T, X> work) throws X;
  }
}
