// expect: incompatible types
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ReadsACursorLazily {
  static final Sql ALL = Sql.of("evil.all", "select 1 as one");

  Iterable<Integer> rows(Database db) {
    return () -> db.list(ALL.with(), row -> row.integer("one"));
  }
}
