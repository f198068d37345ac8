// expect: incompatible types
package showfloor.evil;

import java.util.stream.Stream;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class KeepsAStream {
  static final Sql ALL = Sql.of("evil.all", "select 1 as one");

  Stream<Integer> rows(Database db) {
    return db.list(ALL.with(), row -> row.integer("one"));
  }
}
