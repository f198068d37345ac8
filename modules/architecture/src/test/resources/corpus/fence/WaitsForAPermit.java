// expect: java.util.concurrent.Semaphore.acquire: nothing sleeps or waits
package showfloor.evil;

final class WaitsForAPermit {
  void take(java.util.concurrent.Semaphore permits) throws Exception {
    permits.acquire();
  }
}
