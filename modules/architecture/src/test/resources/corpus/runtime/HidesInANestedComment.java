// expect: calls set_config()
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

/// PostgreSQL nests comments, and would take the call for a part of one.
final class HidesInANestedComment implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.nested_comment",
            "select 1 /* /* */ as one, set_config('role', 'x', true) /* */ as r */");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
