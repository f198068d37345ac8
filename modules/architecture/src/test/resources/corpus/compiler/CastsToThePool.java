// expect: package showfloor.dbapi.internal is not visible
package showfloor.evil;

final class CastsToThePool {
  Object pool(showfloor.dbapi.Database db) {
    return (showfloor.dbapi.internal.PooledDatabase) db;
  }
}
