// expect: java.lang.StackOverflowError
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ExhaustsTheStack implements Attack {
  static final Sql ONE = Sql.of("evil.exhaust", "select 1 as one");

  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  @Override
  public Object run(Database db) throws Exception {
    return db.list(ONE.with(), row -> endless(1));
  }
}
