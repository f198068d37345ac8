package showfloor.dbapi.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a lease is taken for: a request to a route, or a job. http-api binds it around each
/// handler, so that domain code carries none of it.
///
/// @param module the module that owns the route or job
/// @param name the route (`GET /api/dealers/{id}`) or the job's name
/// @param requestId joins response, log, lease and server session
/// @param companyId the tenant whose rows are visible; null: none are
/// @param userId who asked for it, for the history that triggers write; null: nobody in particular
/// @param deadline `System.nanoTime()` at which everything done for it must have ended
/// @param leaseBudget the longest that one lease may last, whatever is left of the deadline
/// @param priority its place when connections are short
/// @param progress shared by all copies of this operation
public record Operation(
    String module,
    String name,
    String requestId,
    @Nullable UUID companyId,
    @Nullable UUID userId,
    long deadline,
    Duration leaseBudget,
    Priority priority,
    Progress progress) {
  private static final ScopedValue<Operation> CURRENT = ScopedValue.newInstance();

  /// How far an operation has got. Thread-safe.
  public static final class Progress {
    private volatile boolean begun;

    /// Notes that it had a connection.
    public void begin() {
      begun = true;
    }

    /// Whether it had a connection before: then it is not turned away half-way to make room.
    public boolean hasBegun() {
      return begun;
    }
  }

  /// An operation that has not begun, without a company.
  public static Operation of(
      String module,
      String name,
      String requestId,
      long deadline,
      Duration leaseBudget,
      Priority priority) {
    return new Operation(
        module, name, requestId, null, null, deadline, leaseBudget, priority, new Progress());
  }

  /// An operation that starts now and may last `limit`, each of its leases as long.
  public static Operation startingNow(
      String module, String name, String requestId, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    return of(module, name, requestId, deadline, limit, Priority.NORMAL);
  }

  /// The same operation on the rows of a company.
  public Operation inCompany(UUID company) {
    return new Operation(
        module, name, requestId, company, userId, deadline, leaseBudget, priority, progress);
  }

  /// The same operation asked for by a user.
  public Operation by(UUID user) {
    return new Operation(
        module, name, requestId, companyId, user, deadline, leaseBudget, priority, progress);
  }

  /// The same operation done by another module on its behalf, on no company's rows.
  public Operation within(String other) {
    return new Operation(
        other, name, requestId, null, userId, deadline, leaseBudget, priority, progress);
  }

  /// The same operation whose leases may last no longer than `budget`.
  public Operation withLeaseBudget(Duration budget) {
    return new Operation(
        module, name, requestId, companyId, userId, deadline, budget, priority, progress);
  }

  /// The same operation with another place in the queue.
  public Operation withPriority(Priority other) {
    return new Operation(
        module, name, requestId, companyId, userId, deadline, leaseBudget, other, progress);
  }

  /// What is left until the deadline; negative when it has passed.
  public Duration remaining() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  /// Runs `work` with this operation bound for it and for the children of structured scopes.
  public <T, X extends Exception> T call(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /// The operation that runs on this thread.
  public static Optional<Operation> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
