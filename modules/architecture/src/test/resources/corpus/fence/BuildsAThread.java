// expect: java.lang.Thread.ofPlatform: threads are the runtime's
package showfloor.evil;

final class BuildsAThread {
  void start(Runnable work) {
    Thread.ofPlatform().daemon().start(work);
  }
}
