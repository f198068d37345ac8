// expect: cannot access a member of class showfloor.dbapi.Sql
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.dbapi.Sql;

final class DeclaresByReflection implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return Sql.class
        .getDeclaredMethod("declare", String.class, String.class, String.class)
        .invoke(null, "auth", "auth.steal", "select 1 as one");
  }
}
