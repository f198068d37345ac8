// expect: names .current_setting, which can be a call
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class CallsByAttribute implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.call_by_attribute",
            "select t.current_setting from (select 'app.company_id' as t) as t");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
