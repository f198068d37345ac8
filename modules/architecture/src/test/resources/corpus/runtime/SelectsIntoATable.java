// expect: SELECT INTO makes a table
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SelectsIntoATable implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.select_into",
            "select id into temp kept from evil.things");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
