// expect: must begin with one of
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class MakesAFunction implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.make_function",
            "create function evil.f() returns int language sql return 1");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
