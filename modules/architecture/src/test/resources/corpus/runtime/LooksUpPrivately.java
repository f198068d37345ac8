// expect: does not open showfloor.dbapi.internal to
package showfloor.evil;

import java.lang.invoke.MethodHandles;
import showfloor.dbapi.Database;

final class LooksUpPrivately implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return MethodHandles.privateLookupIn(db.getClass(), MethodHandles.lookup());
  }
}
