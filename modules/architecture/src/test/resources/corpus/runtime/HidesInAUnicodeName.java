// expect: escape strings and Unicode escapes are not used here
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class HidesInAUnicodeName implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.unicode_name",
            "select u&\"set!005fconfig\" uescape '!' ('role', 'x', true) as r");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
