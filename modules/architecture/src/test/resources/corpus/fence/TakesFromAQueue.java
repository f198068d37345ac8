// expect: java.util.concurrent.BlockingQueue.take: nothing sleeps or waits
package showfloor.evil;

final class TakesFromAQueue {
  Object take(java.util.concurrent.BlockingQueue<String> queue) throws Exception {
    return queue.take();
  }
}
