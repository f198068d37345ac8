// expect: java.nio.channels.AsynchronousSocketChannel: no module opens a socket
package showfloor.evil;

final class OpensAnAsynchronousChannel {
  Object open() throws Exception {
    return java.nio.channels.AsynchronousSocketChannel.open();
  }
}
