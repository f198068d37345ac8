// expect: getContextClassLoader: no module loads classes
package showfloor.evil;

final class AsksTheContextLoader {
  Object load() throws Exception {
    return Thread.currentThread().getContextClassLoader().loadClass("x.Y");
  }
}
