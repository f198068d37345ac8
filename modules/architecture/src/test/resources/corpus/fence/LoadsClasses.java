// expect: no module loads classes
package showfloor.evil;

final class LoadsClasses {
  Object loader = new java.net.URLClassLoader(new java.net.URL[0]);
}
