// expect: showfloor.evil requires java.naming, which is not among what a domain may require
// descriptor: requires java.naming;
package showfloor.evil;

final class RequiresNaming {
  Object source() throws Exception {
    return new javax.naming.InitialContext().lookup("jdbc/showfloor");
  }
}
