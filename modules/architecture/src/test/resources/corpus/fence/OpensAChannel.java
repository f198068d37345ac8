// expect: no module opens a socket
package showfloor.evil;

final class OpensAChannel {
  Object open() throws Exception {
    return java.nio.channels.SocketChannel.open();
  }
}
