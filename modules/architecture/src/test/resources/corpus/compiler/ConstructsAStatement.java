// expect: has private access in Sql
package showfloor.evil;

final class ConstructsAStatement {
  Object sql = new showfloor.dbapi.Sql("auth", "auth.steal", null, false);
}
