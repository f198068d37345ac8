// expect: showfloor.evil requires io.helidon.webserver, which is not among what a domain may require
// descriptor: requires io.helidon.webserver;
package showfloor.evil;

final class RequiresTheWebServer {
  Object server = io.helidon.webserver.WebServer.builder();
}
