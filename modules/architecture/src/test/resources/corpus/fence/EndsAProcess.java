// expect: java.lang.ProcessHandle: no module starts processes
package showfloor.evil;

final class EndsAProcess {
  boolean end(long pid) {
    return ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
