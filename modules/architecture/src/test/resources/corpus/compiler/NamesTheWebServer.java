// expect: package io.helidon.webserver is not visible
package showfloor.evil;

final class NamesTheWebServer {
  Object server = io.helidon.webserver.WebServer.builder();
}
