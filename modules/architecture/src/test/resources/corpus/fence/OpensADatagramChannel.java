// expect: java.nio.channels.DatagramChannel: no module opens a socket
package showfloor.evil;

final class OpensADatagramChannel {
  Object open() throws Exception {
    return java.nio.channels.DatagramChannel.open();
  }
}
