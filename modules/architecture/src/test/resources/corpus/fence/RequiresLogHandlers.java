// expect: showfloor.evil requires java.logging, which is not among what a domain may require
// descriptor: requires java.logging;
package showfloor.evil;

final class RequiresLogHandlers {
  Object handler() throws Exception {
    return new java.util.logging.SocketHandler("localhost", 5432);
  }
}
