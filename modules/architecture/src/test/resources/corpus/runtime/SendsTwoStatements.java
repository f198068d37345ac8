// expect: more than one statement
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SendsTwoStatements implements Attack {
  static final class Late {
    static final Sql TWO = Sql.of("evil.two", "select 1 as one; reset role");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TWO.name();
  }
}
