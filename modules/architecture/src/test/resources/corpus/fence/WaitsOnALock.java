// expect: java.lang.Object.wait: nothing sleeps or waits
package showfloor.evil;

final class WaitsOnALock {
  synchronized void waits() throws Exception {
    wait(10);
  }
}
