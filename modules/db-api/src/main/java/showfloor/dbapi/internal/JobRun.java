package showfloor.dbapi.internal;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import showfloor.dbapi.Database;
import showfloor.dbapi.Job;
import showfloor.dbapi.runtime.Operation;
import showfloor.dbapi.runtime.Priority;

/// One run of a job: what its leases are taken for, and the only way into a company from it.
public final class JobRun implements Job.Run {
  /// A job has many short leases, not one for all of its budget.
  private static final Duration LEASE_MAX = Duration.ofSeconds(10);

  private final Job job;
  private final Operation operation;
  private final BooleanSupplier ending;
  private final Thread thread = Thread.currentThread();
  private boolean over;

  private JobRun(Job job, String id, BooleanSupplier ending) {
    Duration lease = job.budget().compareTo(LEASE_MAX) < 0 ? job.budget() : LEASE_MAX;
    this.job = job;
    this.operation =
        Operation.startingNow(job.module(), "job " + job.name(), id, job.budget())
            .withLeaseBudget(lease)
            .withPriority(Priority.LOW);
    this.ending = ending;
  }

  /// Runs `job` once on this thread.
  ///
  /// @param id joins its leases, its sessions and its log lines
  /// @param ending whether it should come to an end
  public static void run(Job job, String id, BooleanSupplier ending) throws Exception {
    JobRun run = new JobRun(job, id, ending);
    try {
      run.operation.call(
          () -> {
            job.work().run(run);
            return run;
          });
    } finally {
      run.over = true;
    }
  }

  @Override
  public boolean goesOn() {
    requireRunning();
    return !ending.getAsBoolean() && operation.remaining().isPositive();
  }

  @Override
  public <T, X extends Exception> T inCompany(UUID company, ScopedValue.CallableOp<T, X> work)
      throws X {
    requireRunning();
    Database.outsideLease("another company's rows");
    return operation.inCompany(company).call(work);
  }

  private void requireRunning() {
    if (over || Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "a run of the job %s lives until its end, on its thread".formatted(job.name()));
    }
  }
}
