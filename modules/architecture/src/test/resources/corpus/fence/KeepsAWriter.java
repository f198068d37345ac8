// expect: keeps a handle in its field kept
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;

final class KeepsAWriter {
  private SqlWriter kept;

  int keep(Database db) {
    return db.inTransaction(
        sql -> {
          kept = sql;
          return 1;
        });
  }
}
