package showfloor.dbapi.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import showfloor.dbapi.BoundSql;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Page;
import showfloor.dbapi.RowMapper;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;
import showfloor.dbapi.SqlWriter;
import showfloor.dbapi.internal.Statements.Place;
import showfloor.dbapi.runtime.Operation;

/// The database behind one pool: every call is one lease.
public final class PooledDatabase implements Database {
  private final Leases leases;
  private final Statements statements;

  PooledDatabase(Leases leases, Statements statements) {
    this.leases = leases;
    this.statements = statements;
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
    BoundSql writing = Reads.counting(statement);
    return single(statement, lease -> statements.update(lease, writing, Place.ALONE));
  }

  @Override
  public <T> List<T> returning(BoundSql statement, RowMapper<T> mapper) {
    return rows(Reads.returning(statement), mapper);
  }

  @Override
  public <T, X extends Exception> T inTransaction(Work<SqlWriter, T, X> work) throws X {
    return unit(false, work);
  }

  @Override
  public <T, X extends Exception> T inSnapshot(Work<SqlReader, T, X> work) throws X {
    return unit(true, work);
  }

  private <T> List<T> rows(BoundSql statement, RowMapper<T> mapper) {
    return single(statement, lease -> statements.rows(lease, statement, Place.ALONE, mapper));
  }

  /// One statement, one lease. A plan that a migration made stale is made anew once: nothing ran.
  private <T> T single(BoundSql statement, Function<Lease, T> call) {
    return leases.lease(
        operation(statement.sql().name()),
        lease -> {
          try {
            return call.apply(lease);
          } catch (DatabaseException.Failed e) {
            if (e.getCause() instanceof java.sql.SQLException sql
                && SqlStates.STALE_PLAN.equals(sql.getSQLState())) {
              return call.apply(lease);
            }
            throw e;
          }
        });
  }

  private <T, X extends Exception> T unit(boolean readOnly, Work<? super UnitOfWork, T, X> work)
      throws X {
    Leases.Holding<T, X> holding =
        lease -> {
          UnitOfWork unit = new UnitOfWork(statements, lease, readOnly);
          try {
            unit.begin();
            T result = work.run(unit);
            unit.commit();
            return result;
          } catch (Throwable e) {
            unit.rollback(e);
            throw e;
          }
        };
    return leases.lease(operation("a unit of work"), holding);
  }

  private static Operation operation(String what) {
    return Operation.current()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    what + ": the database is reached from a request or a job, neither is bound"));
  }
}
