// expect: is not public in SqlRegistry
package showfloor.evil;

final class RegistersAStatement {
  Object register(showfloor.dbapi.Sql sql) {
    return showfloor.dbapi.SqlRegistry.register(sql);
  }
}
