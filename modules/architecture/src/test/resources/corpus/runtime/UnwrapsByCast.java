// expect: cannot be cast to class java.lang.AutoCloseable
package showfloor.evil;

import showfloor.dbapi.Database;

final class UnwrapsByCast implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    ((AutoCloseable) (Object) db).close();
    return "closed";
  }
}
