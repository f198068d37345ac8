// expect: java.net.Socket: no module opens a socket
package showfloor.evil;

final class OpensASocket {
  Object open() throws Exception {
    return new java.net.Socket("localhost", 5432);
  }
}
