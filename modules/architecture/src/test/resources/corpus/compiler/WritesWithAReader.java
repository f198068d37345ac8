// expect: cannot find symbol
package showfloor.evil;

import showfloor.dbapi.Sql;
import showfloor.dbapi.SqlReader;

final class WritesWithAReader {
  static final Sql DROP = Sql.of("evil.drop", "delete from evil.things where id = 1");

  void write(SqlReader sql) {
    sql.execute(DROP.with());
  }
}
