// expect: java.lang.Thread.startVirtualThread: threads are the runtime's
package showfloor.evil;

final class StartsAVirtualThread {
  void start(Runnable work) {
    Thread.startVirtualThread(work);
  }
}
