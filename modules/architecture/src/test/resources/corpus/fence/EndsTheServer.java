// expect: java.lang.System.exit: no module starts processes
package showfloor.evil;

final class EndsTheServer {
  void end() {
    System.exit(0);
  }
}
