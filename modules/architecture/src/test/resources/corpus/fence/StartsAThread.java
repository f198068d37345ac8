// expect: threads are the runtime
package showfloor.evil;

final class StartsAThread {
  void start(Runnable work) {
    Thread.ofVirtual().start(work);
  }
}
