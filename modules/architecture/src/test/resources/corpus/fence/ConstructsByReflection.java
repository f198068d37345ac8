// expect: java.lang.Class.getDeclaredConstructors: no reflection
package showfloor.evil;

final class ConstructsByReflection {
  Object constructor(Object db) {
    return db.getClass().getDeclaredConstructors()[0];
  }
}
