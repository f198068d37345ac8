// expect: java.lang.Runtime.halt: no module starts processes
package showfloor.evil;

final class HaltsTheServer {
  void end() {
    Runtime.getRuntime().halt(1);
  }
}
