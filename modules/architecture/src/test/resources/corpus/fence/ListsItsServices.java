// expect: java.util.ServiceLoader: no module loads classes
// descriptor: uses java.lang.System.LoggerFinder;
package showfloor.evil;

final class ListsItsServices {
  Object services = java.util.ServiceLoader.load(System.LoggerFinder.class);
}
