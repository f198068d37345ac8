// expect: java.net.UnixDomainSocketAddress: no module opens a socket
package showfloor.evil;

final class OpensAUnixSocket {
  Object address = java.net.UnixDomainSocketAddress.of("/var/run/postgresql/.s.PGSQL.5432");
}
