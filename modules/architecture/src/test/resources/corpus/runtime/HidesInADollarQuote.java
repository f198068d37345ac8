// expect: '$' is not used here
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class HidesInADollarQuote implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.dollar_quote",
            "select $$'$$ as t, set_config('role', 'x', true) as r, $$'$$ as u");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
