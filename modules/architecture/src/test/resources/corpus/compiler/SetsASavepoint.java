// expect: cannot find symbol
package showfloor.evil;

final class SetsASavepoint {
  Object back(showfloor.dbapi.SqlWriter sql) {
    return sql.savepoint("before");
  }
}
