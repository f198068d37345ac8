// expect: in a read-only transaction
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlWriter;

final class WritesInASnapshot implements Attack {
  static final Sql CHANGE =
      Sql.of("evil.write_in_snapshot", "update evil.things set name = 'x' where id = 1");

  @Override
  public Object run(Database db) throws Exception {
    return db.inSnapshot(
        sql -> ((SqlWriter) sql).execute(CHANGE.with()));
  }
}
