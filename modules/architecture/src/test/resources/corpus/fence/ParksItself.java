// expect: java.util.concurrent.locks.LockSupport: nothing sleeps or waits
package showfloor.evil;

final class ParksItself {
  void park() {
    java.util.concurrent.locks.LockSupport.parkNanos(1);
  }
}
