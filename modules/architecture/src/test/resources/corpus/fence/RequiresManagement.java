// expect: showfloor.evil requires java.management, which is not among what a domain may require
// descriptor: requires java.management;
package showfloor.evil;

final class RequiresManagement {
  Object beans = java.lang.management.ManagementFactory.getPlatformMBeanServer();
}
