// expect: java.lang.Class.forName: no reflection
package showfloor.evil;

final class FindsTheDriverByName {
  Object driver() throws Exception {
    return Class.forName("org.postgresql." + "Driver");
  }
}
