// expect: calls pg_advisory_lock()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class HoldsASessionLock implements Attack {
  static final class Late {
    static final Sql LOCK = Sql.of("evil.lock", "select pg_advisory_lock(1) as l");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.LOCK.name();
  }
}
