// expect: must begin with one of
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class ListensForEver implements Attack {
  static final class Late {
    static final Sql LISTEN = Sql.of("evil.listen", "listen news");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.LISTEN.name();
  }
}
