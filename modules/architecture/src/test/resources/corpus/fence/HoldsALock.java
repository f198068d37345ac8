// expect: java.util.concurrent.locks.ReentrantLock: nothing sleeps or waits
package showfloor.evil;

final class HoldsALock {
  Object lock = new java.util.concurrent.locks.ReentrantLock();
}
