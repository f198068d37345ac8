// expect: answers with a handle
package showfloor.evil;

import java.util.List;
import showfloor.dbapi.Database;
import showfloor.dbapi.Row;
import showfloor.dbapi.Sql;

final class HandsOnTheRow {
  static final Sql ONE = Sql.of("evil.one", "select 1 as one");

  List<Row> rows(Database db) {
    return db.list(ONE.with(), row -> row);
  }
}
