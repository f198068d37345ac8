// expect: no password was provided
package showfloor.evil;

import java.util.Properties;
import showfloor.dbapi.Database;
import showfloor.testing.TestPostgres;

/// Reaches the server, which lets nobody in without the password that db-api alone has.
final class ConnectsWithTheDriver implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    Class<?> driver = Class.forName("org.postgresql.Driver");
    Properties login = new Properties();
    login.setProperty("user", TestPostgres.user());
    return driver
        .getMethod("connect", String.class, Properties.class)
        .invoke(driver.getConstructor().newInstance(), TestPostgres.url(), login);
  }
}
