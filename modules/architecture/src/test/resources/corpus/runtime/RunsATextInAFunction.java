// expect: calls query_to_xml()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class RunsATextInAFunction implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.run_text",
            "select query_to_xml('select set_config(''role'', ''x'', true)', true, true, '') as x");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
