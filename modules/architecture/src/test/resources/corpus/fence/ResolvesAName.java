// expect: java.net.InetAddress: no module opens a socket
package showfloor.evil;

final class ResolvesAName {
  Object address() throws Exception {
    return java.net.InetAddress.getByName("localhost");
  }
}
