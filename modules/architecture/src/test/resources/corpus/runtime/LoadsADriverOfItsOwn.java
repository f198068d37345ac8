// expect: no password was provided
package showfloor.evil;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import showfloor.dbapi.Database;
import showfloor.testing.TestPostgres;

final class LoadsADriverOfItsOwn implements Attack {
  @Override
  public Object run(Database db) throws Exception {
    ModuleReference driver =
        getClass()
            .getModule()
            .getLayer()
            .configuration()
            .findModule("org.postgresql.jdbc")
            .orElseThrow()
            .reference();
    Configuration own =
        ModuleLayer.boot()
            .configuration()
            .resolve(
                ModuleFinder.of(Path.of(driver.location().orElseThrow())),
                ModuleFinder.of(),
                Set.of("org.postgresql.jdbc"));
    ClassLoader loader =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(own, ClassLoader.getPlatformClassLoader())
            .findLoader("org.postgresql.jdbc");
    Class<?> type = loader.loadClass("org.postgresql.Driver");
    Properties login = new Properties();
    login.setProperty("user", TestPostgres.user());
    return type.getMethod("connect", String.class, Properties.class)
        .invoke(type.getConstructor().newInstance(), TestPostgres.url(), login);
  }
}
