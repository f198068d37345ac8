// expect: privateLookupIn: no reflection
package showfloor.evil;

import java.lang.invoke.MethodHandles;

final class LooksUpPrivately {
  Object in(Class<?> type) throws Exception {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }
}
