// expect: keeps a handle in its field val$sql
package showfloor.evil;

import java.util.Iterator;
import java.util.List;
import showfloor.dbapi.Database;

final class CapturesInAnAnonymousClass {
  Iterable<Integer> later(Database db) {
    return db.inTransaction(
        sql ->
            new Iterable<>() {
              @Override
              public Iterator<Integer> iterator() {
                return List.of(sql.hashCode()).iterator();
              }
            });
  }
}
