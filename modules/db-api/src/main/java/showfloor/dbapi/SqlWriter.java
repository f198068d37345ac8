package showfloor.dbapi;

import java.util.List;

/// Reads and writes. See [SqlReader] for the life of the object.
public sealed interface SqlWriter extends SqlReader
    permits Database, showfloor.dbapi.internal.UnitOfWork {

  /// Runs an INSERT, UPDATE, DELETE or MERGE without a RETURNING clause; the number of rows it
  /// touched.
  int execute(BoundSql statement);

  /// Runs an INSERT, UPDATE, DELETE or MERGE with a RETURNING clause; the rows it returned.
  <T> List<T> returning(BoundSql statement, RowMapper<T> mapper);
}
