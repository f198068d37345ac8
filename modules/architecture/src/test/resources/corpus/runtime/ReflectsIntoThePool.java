// expect: does not "opens showfloor.dbapi.internal" to
package showfloor.evil;

import java.lang.reflect.Field;
import showfloor.dbapi.Database;

final class ReflectsIntoThePool implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    Field leases = db.getClass().getDeclaredField("leases");
    leases.setAccessible(true);
    return leases.get(db);
  }
}
