package showfloor.dbapi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads. Results are values: nothing to close, nothing to keep.
///
/// The same object serves one-shot reads, a snapshot and a unit of work, so a queries class takes a
/// `SqlReader` and need not know which. Inside a unit of work or snapshot it is usable only by the
/// thread that runs the lambda, until the lambda returns; then each call throws
/// `IllegalStateException`.
public sealed interface SqlReader permits SqlWriter {

  /// The most rows one call may return; more is a defect of the statement, not of its caller.
  int ROWS_MAX = 5_000;

  /// All rows, in the order of the statement, at most [#ROWS_MAX].
  <T> List<T> list(BoundSql query, RowMapper<T> mapper);

  /// The only row, or empty. Two rows are a defect: `IllegalStateException`.
  <T> Optional<T> find(BoundSql query, RowMapper<T> mapper);

  /// The only row of a statement that always has one, such as `select count(…)`.
  <T> T one(BoundSql query, RowMapper<T> mapper);

  /// The next `size` rows and whether more follow. The statement reads `limit :page_limit`, which
  /// this method binds to one more than `size`.
  <T> Page<T> page(Sql query, int size, RowMapper<T> mapper, @Nullable Object... namesAndValues);
}
