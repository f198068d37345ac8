// expect: java.util.concurrent.ConcurrentHashMap.forEach: threads are the runtime's
package showfloor.evil;

final class WalksAMapInParallel {
  void walk(java.util.concurrent.ConcurrentHashMap<String, Runnable> all) {
    all.forEach(1, (key, work) -> work.run());
  }
}
