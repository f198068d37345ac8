// expect: is a sealed interface
package showfloor.evil;

import java.lang.reflect.Proxy;
import showfloor.dbapi.Database;

final class ImplementsTheDoor implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Database.class},
        (proxy, method, arguments) -> "mine");
  }
}
