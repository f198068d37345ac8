// expect: showfloor.evil requires jdk.jdi, which is not among what a domain may require
// descriptor: requires jdk.jdi;
package showfloor.evil;

final class RequiresDebugging {
  Object machines = com.sun.jdi.Bootstrap.virtualMachineManager();
}
