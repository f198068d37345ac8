// expect: keeps a handle in its field kept
package showfloor.evil;

import java.util.Optional;
import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;

final class KeepsTheUnitInItsWork implements Database.Work<SqlWriter, Integer, RuntimeException> {
  private Optional<SqlWriter> kept = Optional.empty();

  @Override
  public Integer run(SqlWriter sql) {
    kept = Optional.of(sql);
    return kept.hashCode();
  }
}
