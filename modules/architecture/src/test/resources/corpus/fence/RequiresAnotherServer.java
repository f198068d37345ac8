// expect: showfloor.evil requires jdk.httpserver, which is not among what a domain may require
// descriptor: requires jdk.httpserver;
package showfloor.evil;

final class RequiresAnotherServer {
  Object server() throws Exception {
    return com.sun.net.httpserver.HttpServer.create();
  }
}
