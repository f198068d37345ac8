// expect: a row dies with its mapper
package showfloor.evil;

import showfloor.dbapi.Row;
import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class KeepsTheRow implements Attack {
  static final Sql ONE = Sql.of("evil.keep_row", "select 1 as one");

  @Override
  public Object run(Database db) throws Exception {
    Row kept = db.one(ONE.with(), row -> row);
    return kept.integer("one");
  }
}
