// expect: must begin with one of
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class RunsAProgram implements Attack {
  static final class Late {
    static final Sql TEXT =
        Sql.of(
            "evil.run_program",
            "copy evil.things (name) from program 'id'");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.TEXT.name();
  }
}
