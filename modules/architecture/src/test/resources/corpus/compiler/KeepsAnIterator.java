// expect: incompatible types
package showfloor.evil;

import java.util.Iterator;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class KeepsAnIterator {
  static final Sql ALL = Sql.of("evil.all", "select 1 as one");

  Iterator<Integer> rows(Database db) {
    return db.list(ALL.with(), row -> row.integer("one"));
  }
}
