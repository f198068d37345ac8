// expect: the unit of work was rolled back
package showfloor.evil;

import showfloor.dbapi.DatabaseException;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SwallowsAFailure implements Attack {
  static final Sql FAIL = Sql.of("evil.fail", "select 1 / cast(:by as int) as q");

  @Override
  public Object run(Database db) throws Exception {
    return db.inTransaction(
        sql -> {
          try {
            return sql.one(FAIL.with("by", 0), row -> row.integer("q"));
          } catch (DatabaseException swallowed) {
            return 0;
          }
        });
  }
}
