// expect: java.net.DatagramSocket: no module opens a socket
package showfloor.evil;

final class SendsDatagrams {
  Object open() throws Exception {
    return new java.net.DatagramSocket();
  }
}
