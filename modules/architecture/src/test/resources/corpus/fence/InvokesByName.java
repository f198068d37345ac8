// expect: java.lang.Class.getMethod: no reflection
package showfloor.evil;

final class InvokesByName {
  Object call(Object db) throws Exception {
    return db.getClass().getMethod("leases").invoke(db);
  }
}
