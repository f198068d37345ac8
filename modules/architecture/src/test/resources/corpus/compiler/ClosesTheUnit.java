// expect: incompatible types: try-with-resources not applicable
package showfloor.evil;

import showfloor.dbapi.Database;

final class ClosesTheUnit {
  int close(Database db) throws Exception {
    return db.inTransaction(
        sql -> {
          try (sql) {
            return 1;
          }
        });
  }
}
