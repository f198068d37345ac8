// expect: java.net.ProxySelector: no module opens a socket
package showfloor.evil;

final class SetsTheProxy {
  Object selector = java.net.ProxySelector.getDefault();
}
