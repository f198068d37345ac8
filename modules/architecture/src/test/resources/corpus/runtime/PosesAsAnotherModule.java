// expect: its name must be evil.verb_noun
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class PosesAsAnotherModule implements Attack {
  static final class Late {
    static final Sql POSE = Sql.of("dbapi.pose", "select 1 as one");
  }

  @Override
  public Object run(Database db) throws Exception {
    return Late.POSE.name();
  }
}
