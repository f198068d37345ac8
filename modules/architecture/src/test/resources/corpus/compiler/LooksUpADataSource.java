// expect: package javax.naming is not visible
package showfloor.evil;

final class LooksUpADataSource {
  Object source() throws Exception {
    return new javax.naming.InitialContext().lookup("jdbc/showfloor");
  }
}
