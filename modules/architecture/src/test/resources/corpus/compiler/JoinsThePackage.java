// expect: package exists in another module: showfloor.dbapi
package showfloor.dbapi;

final class JoinsThePackage {
  Object sql = Sql.declare("auth", "auth.steal", "select 1 as one");
}
