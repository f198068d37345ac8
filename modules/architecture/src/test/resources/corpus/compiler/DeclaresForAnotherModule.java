// expect: declare(java.lang.String,java.lang.String,java.lang.String) is not public
package showfloor.evil;

final class DeclaresForAnotherModule {
  Object stolen = showfloor.dbapi.Sql.declare("auth", "auth.steal", "select 1 as one");
}
