// expect: java.util.concurrent.CountDownLatch: nothing sleeps or waits
package showfloor.evil;

final class WaitsForALatch {
  void await(java.util.concurrent.CountDownLatch latch) throws Exception {
    latch.await();
  }
}
