// expect: java.net.URI: no module opens a socket
package showfloor.evil;

final class FetchesAUrl {
  Object fetch() throws Exception {
    return java.net.URI.create("https://example.com").toURL().openStream();
  }
}
