// expect: answers with a handle
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.SqlWriter;

final class HandsOnTheWriter {
  SqlWriter hand(Database db) {
    return db.inTransaction(sql -> sql);
  }
}
