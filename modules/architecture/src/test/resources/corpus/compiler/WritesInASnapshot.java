// expect: cannot find symbol
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class WritesInASnapshot {
  static final Sql DROP = Sql.of("evil.drop_all", "delete from evil.things where id = 1");

  int write(Database db) {
    return db.inSnapshot(sql -> sql.execute(DROP.with()));
  }
}
