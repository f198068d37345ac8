// expect: cannot find symbol
package showfloor.evil;

final class UnwrapsTheDatabase {
  Object connection(showfloor.dbapi.Database db) {
    return db.unwrap(Object.class);
  }
}
