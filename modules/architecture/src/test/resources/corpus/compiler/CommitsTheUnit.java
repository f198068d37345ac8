// expect: cannot find symbol
package showfloor.evil;

import showfloor.dbapi.Database;

final class CommitsTheUnit {
  int commit(Database db) {
    return db.inTransaction(
        sql -> {
          sql.commit();
          return 1;
        });
  }
}
