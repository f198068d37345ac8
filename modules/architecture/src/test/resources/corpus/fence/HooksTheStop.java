// expect: java.lang.Runtime.addShutdownHook
package showfloor.evil;

final class HooksTheStop {
  void hook(Thread last) {
    Runtime.getRuntime().addShutdownHook(last);
  }
}
