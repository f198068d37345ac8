// expect: declare(String,String,String) is not public in Sql
package showfloor.evil;

final class DeclaresForAnotherModule {
  Object stolen = showfloor.dbapi.Sql.declare("auth", "auth.steal", "select 1 as one");
}
