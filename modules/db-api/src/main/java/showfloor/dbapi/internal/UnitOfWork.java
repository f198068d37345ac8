package showfloor.dbapi.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.BoundSql;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Page;
import showfloor.dbapi.RowMapper;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.internal.Statements.Place;

/// The handle of one unit of work or snapshot: alive for one thread until its lambda returns.
public final class UnitOfWork implements SqlWriter {
  private static final Logger LOG = System.getLogger(UnitOfWork.class.getName());

  private final Statements statements;
  private final Lease lease;
  private final boolean readOnly;
  private boolean open = true;
  private boolean begun;
  private @Nullable DatabaseException failure;

  UnitOfWork(Statements statements, Lease lease, boolean readOnly) {
    this.statements = statements;
    this.lease = lease;
    this.readOnly = readOnly;
  }

  /// Opens the transaction; PostgreSQL sees it with the first statement.
  void begin() {
    attempt(
        "begin",
        true,
        () -> {
          lease.physical().setAutoCommit(false);
          if (readOnly) {
            try (var statement = lease.physical().createStatement()) {
              statements.countTrip();
              statement.execute("set transaction isolation level repeatable read, read only");
            }
          }
          return true;
        });
  }

  /// Makes it last. A unit with a failed statement cannot: it is rolled back, and that is an error.
  void commit() {
    open = false;
    @Nullable DatabaseException earlier = failure;
    if (earlier != null) {
      throw new DatabaseException.Failed(
          "the unit of work was rolled back: one of its statements had failed", earlier);
    }
    if (lease.isOver()) {
      throw new DatabaseException.TimedOut("the lease outlasted its deadline: " + lease, null);
    }
    // From here on the deadline decides nothing: without an answer it may have been made to last.
    attempt("commit", false, this::sendCommit);
    endQuietly();
  }

  private boolean sendCommit() throws SQLException {
    if (lease.isTransactionOpen()) {
      statements.countTrip();
      lease.physical().commit();
    }
    return true;
  }

  /// Where this fails the connection is not clean, and is destroyed: what was committed, was.
  private void endQuietly() {
    try {
      lease.physical().setAutoCommit(true);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "A connection was lost after its commit", e);
    }
  }

  /// Undoes it, quietly: what went wrong before matters more. Where even this fails the connection
  /// is not clean, and will not be pooled again.
  void rollback(Throwable cause) {
    open = false;
    try {
      if (!lease.isLate()) {
        statements.countTrip();
        lease.driven(
            () -> {
              lease.physical().rollback();
              lease.physical().setAutoCommit(true);
              return true;
            });
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public <T> List<T> list(BoundSql query, RowMapper<T> mapper) {
    return rows(Reads.only(query), mapper);
  }

  @Override
  public <T> Optional<T> find(BoundSql query, RowMapper<T> mapper) {
    return Reads.atMostOne(query.sql(), rows(Reads.only(query), mapper));
  }

  @Override
  public <T> T one(BoundSql query, RowMapper<T> mapper) {
    return Reads.exactlyOne(query.sql(), rows(Reads.only(query), mapper));
  }

  @Override
  public <T> Page<T> page(
      Sql query, int size, RowMapper<T> mapper, @Nullable Object... namesAndValues) {
    return Reads.page(size, rows(Reads.pageOf(query, size, namesAndValues), mapper));
  }

  @Override
  public int execute(BoundSql statement) {
    return guarded(() -> statements.update(lease, Reads.counting(statement), place()));
  }

  @Override
  public <T> List<T> returning(BoundSql statement, RowMapper<T> mapper) {
    return rows(Reads.returning(statement), mapper);
  }

  private <T> List<T> rows(BoundSql statement, RowMapper<T> mapper) {
    return guarded(() -> statements.rows(lease, statement, place(), mapper));
  }

  private Place place() {
    Place place = begun ? Place.LATER : Place.FIRST;
    begun = true;
    return place;
  }

  private <T> T guarded(Supplier<T> call) {
    if (!open || !lease.isHeldBy(Thread.currentThread())) {
      throw new IllegalStateException(
          "a unit of work lives in its lambda, on its thread: " + lease);
    }
    if (failure != null) {
      throw new DatabaseException.Failed(
          "the unit of work can only roll back: an earlier statement failed", failure);
    }
    try {
      return call.get();
    } catch (DatabaseException e) {
      throw note(e);
    }
  }

  private DatabaseException note(DatabaseException e) {
    failure = e;
    return e;
  }

  /// @param undone whether nothing of the step can last when it fails
  private void attempt(String step, boolean undone, Lease.Step<Boolean> work) {
    try {
      lease.driven(work);
    } catch (SQLException e) {
      if (undone && lease.isCancelled()) {
        throw new DatabaseException.TimedOut(step + ": the lease outlasted its deadline", e);
      }
      throw SqlStates.translate(step, e);
    }
  }
}
