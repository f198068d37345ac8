// expect: no password was provided
package showfloor.evil;

import showfloor.dbapi.Database;
import showfloor.testing.TestPostgres;

final class AsksTheDriverManager implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    return Class.forName("java.sql.DriverManager")
        .getMethod("getConnection", String.class)
        .invoke(null, TestPostgres.url() + "?user=" + TestPostgres.user());
  }
}
