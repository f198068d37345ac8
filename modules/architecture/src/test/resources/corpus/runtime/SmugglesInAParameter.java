// expect: answered: x'); commit; reset role; --
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class SmugglesInAParameter implements Attack {
  static final Sql ECHO = Sql.of("evil.echo", "select cast(:text as text) as text");

  @Override
  public Object run(Database db) throws Exception {
    return db.one(
        ECHO.with("text", "x'); commit; reset role; --"), row -> row.text("text"));
  }
}
