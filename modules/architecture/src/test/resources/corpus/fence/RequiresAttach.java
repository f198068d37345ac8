// expect: showfloor.evil requires jdk.attach, which is not among what a domain may require
// descriptor: requires jdk.attach;
package showfloor.evil;

final class RequiresAttach {
  Object attach() throws Exception {
    return com.sun.tools.attach.VirtualMachine.attach("1");
  }
}
