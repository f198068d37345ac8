// expect: java.lang.Thread.join: nothing sleeps or waits
package showfloor.evil;

final class JoinsAThread {
  void join(Thread other) throws Exception {
    other.join();
  }
}
