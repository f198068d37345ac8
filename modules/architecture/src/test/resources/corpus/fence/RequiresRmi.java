// expect: showfloor.evil requires java.rmi, which is not among what a domain may require
// descriptor: requires java.rmi;
package showfloor.evil;

final class RequiresRmi {
  Object registry() throws Exception {
    return java.rmi.registry.LocateRegistry.createRegistry(1099);
  }
}
