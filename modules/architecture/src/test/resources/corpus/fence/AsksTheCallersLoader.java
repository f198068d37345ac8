// expect: java.lang.Class.getClassLoader: no reflection
package showfloor.evil;

final class AsksTheCallersLoader {
  Object loader = AsksTheCallersLoader.class.getClassLoader();
}
