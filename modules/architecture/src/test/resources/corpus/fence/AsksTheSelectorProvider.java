// expect: java.nio.channels.spi.SelectorProvider: no module opens a socket
package showfloor.evil;

final class AsksTheSelectorProvider {
  Object open() throws Exception {
    return java.nio.channels.spi.SelectorProvider.provider().openSocketChannel();
  }
}
