// expect: java.lang.Class.getDeclaredFields: no reflection
package showfloor.evil;

final class ReadsFieldsByReflection {
  Object fields(Object db) {
    return db.getClass().getDeclaredFields();
  }
}
