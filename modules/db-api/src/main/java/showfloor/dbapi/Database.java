package showfloor.dbapi;

import showfloor.dbapi.internal.Pool;
import showfloor.dbapi.internal.PooledDatabase;
import showfloor.dbapi.runtime.Operation;

/// The one door to PostgreSQL. Called directly, each statement is a transaction of its own.
///
/// A connection is leased inside these methods only, is never handed out, and goes back however the
/// call ends: result, exception, `Error`, overrun of the deadline. Leases do not nest: a call on
/// this object from inside `inTransaction` or `inSnapshot` is refused, use the argument of the
/// lambda.
///
/// Every call runs under the role of the module that declared the statement, sees only the rows of
/// the company of the running request, and ends at the request's deadline.
///
/// Thread-safe. All methods throw [DatabaseException], and `IllegalStateException` for a nested
/// call or one that no request or job stands behind.
public sealed interface Database extends SqlWriter permits PooledDatabase {

  /// Runs `work` as one unit of work: commits when it returns, rolls back when it throws.
  ///
  /// After the first failed statement the unit can only roll back, even where `work` swallows the
  /// exception. `work` must do nothing but database work: the connection is held while it runs.
  <T, X extends Exception> T inTransaction(Work<SqlWriter, T, X> work) throws X;

  /// Runs `work` over one unchanging snapshot (REPEATABLE READ, READ ONLY) of the database.
  <T, X extends Exception> T inSnapshot(Work<SqlReader, T, X> work) throws X;

  /// The first line of whatever waits for something else than the database: hashing, files, the
  /// network. Refuses it (`IllegalStateException`) while this thread holds a connection.
  ///
  /// @param work what it is, for the message
  static void outsideLease(String work) {
    if (Pool.isLeaseHeld()) {
      String held =
          Operation.current()
              .map(o -> " of %s %s (request %s)".formatted(o.module(), o.name(), o.requestId()))
              .orElse("");
      throw new IllegalStateException(
          "%s inside a lease%s: a connection must not wait for it; do it before or after"
              .formatted(work, held));
    }
  }

  /// What runs inside one lease. The handle it is given is dead once it returns.
  @FunctionalInterface
  interface Work<S extends SqlReader, T, X extends Exception> {
    T run(S sql) throws X;
  }
}
