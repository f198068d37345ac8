// expect: javax.net.ssl.SSLSocketFactory: no module opens a socket
package showfloor.evil;

final class OpensASecureSocket {
  Object open() throws Exception {
    return javax.net.ssl.SSLSocketFactory.getDefault();
  }
}
