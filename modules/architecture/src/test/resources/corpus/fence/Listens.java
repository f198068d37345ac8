// expect: java.net.ServerSocket: no module opens a socket
package showfloor.evil;

final class Listens {
  Object open() throws Exception {
    return new java.net.ServerSocket(5433);
  }
}
