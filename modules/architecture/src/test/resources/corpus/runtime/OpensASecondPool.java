// expect: does not export showfloor.dbapi.runtime to
package showfloor.evil;

import java.util.Map;
import showfloor.dbapi.Database;

final class OpensASecondPool implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return Class.forName("showfloor.dbapi.runtime.DatabaseConfig")
        .getConstructors()[0]
        .newInstance("jdbc:postgresql://localhost/db", "showfloor_app", "", Map.of(), null);
  }
}
