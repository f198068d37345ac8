// expect: does not export showfloor.dbapi.runtime to
package showfloor.evil;

import java.time.Duration;
import showfloor.dbapi.Database;

final class ForgesAnOperation implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return Class.forName("showfloor.dbapi.runtime.Operation")
        .getMethod("startingNow", String.class, String.class, String.class, Duration.class)
        .invoke(null, "auth", "forged", "-", Duration.ofDays(1));
  }
}
