package showfloor.dbapi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What can go wrong with the database, in kinds that callers act on. Messages are for logs: they
/// name modules and statements, and must not reach a client.
public abstract sealed class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  private DatabaseException(String message, boolean withStack) {
    super(message, null, true, withStack);
  }

  /// No connection could be leased in time. Nothing was done; retry after a pause. The message
  /// names who holds the connections and what each of them does; it has no stack of its own, as
  /// there may be hundreds of these a second.
  public static final class Overloaded extends DatabaseException {
    private static final long serialVersionUID = 1L;
    private final transient Duration retryAfter;

    public Overloaded(String message, Duration retryAfter) {
      super(message, false);
      this.retryAfter = retryAfter;
    }

    /// How long a caller should wait before it tries again.
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /// The database cannot be reached, or is going down. A write may or may not have happened.
  public static final class Unavailable extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The deadline passed while the statement ran; it was cancelled and rolled back.
  public static final class TimedOut extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// A constraint of the schema refused the write.
  public static final class ConstraintViolated extends DatabaseException {
    private static final long serialVersionUID = 1L;
    private final String constraint;

    public ConstraintViolated(String message, String constraint, @Nullable Throwable cause) {
      super(message, cause);
      this.constraint = constraint;
    }

    /// The constraint's name as the migration gives it.
    public String constraint() {
      return constraint;
    }
  }

  /// Another transaction was in the way (deadlock, serialization, lock wait). The whole unit of
  /// work may be run again.
  public static final class Contended extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Contended(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// Everything else: a defect of a statement, a missing grant, a missing tenant.
  public static final class Failed extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Failed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
