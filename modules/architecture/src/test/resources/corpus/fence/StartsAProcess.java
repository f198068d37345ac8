// expect: java.lang.ProcessBuilder: no module starts processes
package showfloor.evil;

final class StartsAProcess {
  Object start() throws Exception {
    return new ProcessBuilder("psql").start();
  }
}
